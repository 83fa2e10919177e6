/** What somebody means by a query: 3 is what was meant, 2 would do as well, 1 has to do with it. */
export interface JudgedQuery {
  readonly text: string
  readonly grades: Readonly<Record<string, 1 | 2 | 3>>
}

const only = (text: string, ...names: readonly string[]): JudgedQuery => ({
  text,
  grades: Object.fromEntries(names.map((name) => [name, 3])),
})

const fraud = {
  'fraud-detector-eu': 3,
  fraud_detector_us: 3,
  'payments.fraud.graph': 3,
  'fraud-alert-ranker': 3,
  'claims-fraud-screening': 3,
  CardFraudEmbeddings: 2,
} as const
const churn = { 'churn-predictor': 3, churn_uplift: 3, 'telco.churn.baseline': 3 } as const
const demand = {
  'demand-forecast-stores': 3,
  demand_forecast_online: 3,
  'inventory-optimizer': 1,
} as const
const detectors = {
  'fraud-detector-eu': 3,
  fraud_detector_us: 3,
  'fraud-alert-ranker': 1,
  CardFraudEmbeddings: 1,
} as const
const germans = { 'sentiment-reviews-de': 3, 'übersetzer-de-en': 3 } as const

/** Written by sense, before there was anything to try them on. */
export const judgedQueries: readonly JudgedQuery[] = [
  // Names, whole
  only('fraud-detector-eu', 'fraud-detector-eu'),
  only('churn-predictor', 'churn-predictor'),
  only('customer-lifetime-value', 'customer-lifetime-value'),
  only('payments.fraud.graph', 'payments.fraud.graph'),
  only('predictive_maintenance.pumps', 'predictive_maintenance.pumps'),
  only('x-ray-triage', 'x-ray-triage'),
  only('CardFraudEmbeddings', 'CardFraudEmbeddings'),
  // As typed
  { text: 'frau', grades: fraud },
  { text: 'fraud', grades: fraud },
  { text: 'chur', grades: churn },
  { text: 'churn', grades: churn },
  { text: 'senti', grades: { 'sentiment-reviews-en': 3, 'sentiment-reviews-de': 3 } },
  only('invoi', 'invoice-ocr'),
  only('chargeb', 'chargeback-forecast'),
  { text: 'demand fore', grades: demand },
  only('predictive main', 'predictive_maintenance.pumps', 'predictive_maintenance.conveyors'),
  only('phish', 'phishing-url-detector'),
  only('warehouse sl', 'warehouse-slotting'),
  // Two words and more
  { text: 'fraud detector', grades: detectors },
  { text: 'demand forecast', grades: demand },
  { text: 'churn baseline', grades: { 'telco.churn.baseline': 3 } },
  only('hotel ranking', 'hotel-ranking'),
  only('credit limit', 'credit.limit.advisor'),
  only('loan default', 'loan-default-risk'),
  only('energy load', 'energy-load-forecast'),
  only('sentiment german', 'sentiment-reviews-de'),
  only('ocr receipt', 'receipt-ocr'),
  only('fraud graph merchants', 'payments.fraud.graph'),
  // Mistyped
  { text: 'fruad', grades: fraud },
  { text: 'fruad detector', grades: detectors },
  { text: 'chrun', grades: churn },
  { text: 'sentimnt', grades: { 'sentiment-reviews-en': 3, 'sentiment-reviews-de': 3 } },
  only('recomender', 'product-recommender'),
  only('elasticty', 'price-elasticity'),
  only('phising', 'phishing-url-detector'),
  only('arrythmia', 'ecg-arrhythmia'),
  only('photovoltiac', 'solar-yield-forecast'),
  only('degradaton', 'battery-degradation'),
  // Values of tags
  only('rotterdam', 'predictive_maintenance.pumps'),
  only('roberta', 'sentiment-reviews-en'),
  only('conformer', 'call-transcriber'),
  only('ce-marked', 'x-ray-triage'),
  { text: 'german', grades: germans },
  only('katarzyna nowak forecast', 'energy-load-forecast', 'solar-yield-forecast'),
  { text: 'fraud xgboost', grades: { 'fraud-detector-eu': 3 } },
  // Aliases
  only('black-friday', 'fraud-detector-eu'),
  only('black friday', 'fraud-detector-eu'),
  { text: 'champion fraud', grades: { 'fraud-detector-eu': 3, fraud_detector_us: 3 } },
  only('champion churn', 'churn-predictor'),
  only('canary recommender', 'product-recommender'),
  // Descriptions
  only('money laundering', 'aml-monitor'),
  only('pneumonia', 'x-ray-triage'),
  only('wind turbines', 'turbine-anomaly'),
  only('customers leave', 'churn-predictor'),
  only('liability clauses', 'clause-extraction'),
  only('sanctions', 'kyc-name-matching'),
  only('misspelled words', 'query-spelling'),
  only('heartbeat', 'ecg-arrhythmia'),
  only('passport selfie', 'face-verification'),
  only('browser', 'phishing-url-detector'),
  // Params and names of runs
  only('transactions-v7', 'fraud-detector-eu'),
  only('efficientnet', 'invoice-ocr'),
  only('arcface', 'face-verification'),
  only('seasonality_mode', 'demand-forecast-stores'),
  only('bold-crane-17', 'fraud-detector-eu'),
  only('zesty raven 3', 'sentiment-reviews-en'),
  // Separators and case
  only('payments/fraud/graph', 'payments.fraud.graph'),
  only('predictive maintenance pumps', 'predictive_maintenance.pumps'),
  only('fraud detector us', 'fraud_detector_us'),
  only('FRAUD-DETECTOR-EU', 'fraud-detector-eu'),
  only('Hotel Ranking', 'hotel-ranking'),
  only('x ray', 'x-ray-triage'),
  only('xray', 'x-ray-triage'),
  // Letters of others
  only('übersetzer', 'übersetzer-de-en'),
  only('ubersetzer', 'übersetzer-de-en'),
  only('prevision ventes', 'prévision-ventes'),
  only('señales', 'clasificación-señales'),
  only('需要予測', '需要予測'),
  only('прогноз', 'прогноз-спроса'),
  only('gdansk', 'predictive_maintenance.conveyors'),
  { text: 'bjorn fraud', grades: { 'fraud-detector-eu': 3 } },
  // Ids
  only('ML-90417', 'fraud-detector-eu'),
  only('ml-90500', 'support-ticket-router'),
  only('90418', 'fraud_detector_us'),
]
