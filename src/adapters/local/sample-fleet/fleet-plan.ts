/** How one model of the sample fleet came to be. Everything that can be worked out from the rest is left out. */
export interface ModelPlan {
  readonly name: string
  readonly description: string
  readonly team: string
  readonly framework: string
  readonly experiment: string
  /** The metric that counts, with its value in the first version and in the last. */
  readonly metric: readonly [key: string, first: number, last: number]
  readonly otherMetrics: Readonly<Record<string, number>>
  readonly params: Readonly<Record<string, readonly string[]>>
  /** How many versions there are in dev, and which of those went on to staging and from there to prod. */
  readonly versions: number
  readonly staged: readonly number[]
  readonly released: readonly number[]
  /** Days ago that its first version was made, and days from one version to the next. */
  readonly startedDaysAgo: number
  readonly everyDays: number
}

export const fleetPlan: readonly ModelPlan[] = [
  {
    name: 'fraud_detection',
    description: 'Scores card payments for fraud as they come in. Called by the payment service.',
    team: 'risk',
    framework: 'xgboost',
    experiment: 'fraud',
    metric: ['auc', 0.912, 0.957],
    otherMetrics: { logloss: 0.148, precision_at_1pct: 0.81 },
    params: { max_depth: ['4', '6', '6', '8', '8', '10'], learning_rate: ['0.3', '0.1', '0.05'] },
    versions: 6,
    staged: [2, 4, 5],
    released: [2, 4],
    startedDaysAgo: 210,
    everyDays: 35,
  },
  {
    name: 'churn_prediction',
    description: 'Which customers are likely to leave within the next 60 days.',
    team: 'growth',
    framework: 'lightgbm',
    experiment: 'churn',
    metric: ['auc', 0.784, 0.846],
    otherMetrics: { f1: 0.62, recall: 0.71 },
    params: { num_leaves: ['31', '63', '127'], min_child_samples: ['20', '20', '40'] },
    versions: 5,
    staged: [1, 3, 4],
    released: [1, 3],
    startedDaysAgo: 160,
    everyDays: 28,
  },
  {
    name: 'demand_forecast',
    description: 'Units sold per store and article for the next 14 days.',
    team: 'supply-chain',
    framework: 'pytorch',
    experiment: 'demand',
    metric: ['rmse', 18.4, 14.2],
    otherMetrics: { mape: 0.112, mae: 10.9 },
    params: { horizon: ['14'], hidden_size: ['64', '128', '128', '256'], dropout: ['0.1', '0.2'] },
    versions: 4,
    staged: [2, 3],
    released: [2],
    startedDaysAgo: 130,
    everyDays: 30,
  },
  {
    name: 'product_recommendation',
    description: 'Ranks products for the start page. Retrained every two weeks.',
    team: 'growth',
    framework: 'tensorflow',
    experiment: 'recommendation',
    metric: ['ndcg_at_10', 0.381, 0.437],
    otherMetrics: { hit_rate: 0.58, coverage: 0.34 },
    params: { embedding_dim: ['32', '64', '64', '128'], epochs: ['10', '20'] },
    versions: 6,
    staged: [3, 4, 6],
    released: [3, 4],
    startedDaysAgo: 90,
    everyDays: 14,
  },
  {
    name: 'credit_risk',
    description: 'Probability of default for consumer credit. Every release is signed off by model risk.',
    team: 'risk',
    framework: 'sklearn',
    experiment: 'credit',
    metric: ['auc', 0.741, 0.763],
    otherMetrics: { gini: 0.526, ks: 0.41 },
    params: { C: ['1.0', '0.5', '0.1'], penalty: ['l2'] },
    versions: 3,
    staged: [1, 3],
    released: [1],
    startedDaysAgo: 300,
    everyDays: 95,
  },
  {
    name: 'support_ticket_routing',
    description: 'Sends incoming tickets to the right team.',
    team: 'customer-care',
    framework: 'transformers',
    experiment: 'tickets',
    metric: ['accuracy', 0.861, 0.903],
    otherMetrics: { macro_f1: 0.84 },
    params: { base_model: ['distilbert', 'distilbert', 'deberta-v3-small'], max_length: ['256'] },
    versions: 3,
    staged: [2],
    released: [2],
    startedDaysAgo: 70,
    everyDays: 21,
  },
  {
    name: 'delivery_time',
    description: 'Minutes until a parcel arrives, as shown to the customer.',
    team: 'supply-chain',
    framework: 'catboost',
    experiment: 'delivery',
    metric: ['rmse', 11.7, 9.3],
    otherMetrics: { mae: 6.8 },
    params: { depth: ['6', '8'], iterations: ['500', '1000', '1000', '2000'] },
    versions: 4,
    staged: [2, 4],
    released: [],
    startedDaysAgo: 45,
    everyDays: 11,
  },
  {
    name: 'price_elasticity',
    description: 'How demand answers to a change of price. An experiment so far.',
    team: 'pricing',
    framework: 'sklearn',
    experiment: 'pricing',
    metric: ['r2', 0.52, 0.59],
    otherMetrics: { rmse: 0.23 },
    params: { alpha: ['1.0', '0.3'] },
    versions: 2,
    staged: [],
    released: [],
    startedDaysAgo: 12,
    everyDays: 5,
  },
]
