/** A model as somebody might have it: what is searched of it, and nothing else. */
export interface WrittenModel {
  readonly name: string
  readonly description: string
  readonly tags?: Readonly<Record<string, string>>
  /** Of its one version. */
  readonly version?: string
  readonly aliases?: readonly string[]
  readonly run?: string
  readonly params?: Readonly<Record<string, string>>
}

const risk = { team: 'risk' }
const growth = { team: 'growth' }

export const writtenModels: readonly WrittenModel[] = [
  {
    name: 'fraud-detector-eu',
    description: 'Detects card payment fraud in European transactions.',
    tags: { ...risk, algorithm: 'xgboost', owner: 'björn.sjöberg', ticket: 'ML-90417' },
    version: 'Retrained after the holiday season with calibrated scores.',
    aliases: ['champion', 'black-friday'],
    run: 'bold-crane-17',
    params: { max_depth: '8', dataset: 'transactions-v7' },
  },
  {
    name: 'fraud_detector_us',
    description: 'Detects card payment fraud in American transactions.',
    tags: { ...risk, algorithm: 'lightgbm', ticket: 'ML-90418' },
    aliases: ['champion'],
    run: 'silent-otter-204',
    params: { num_leaves: '255', dataset: 'transactions-v6' },
  },
  {
    name: 'payments.fraud.graph',
    description: 'Finds fraud rings among merchants with a graph neural network.',
    tags: { ...risk, algorithm: 'gnn' },
    aliases: ['shadow'],
  },
  {
    name: 'fraud-alert-ranker',
    description: 'Puts the alerts of the fraud detectors in order for analysts.',
    tags: risk,
  },
  {
    name: 'CardFraudEmbeddings',
    description: 'Embeddings of card transactions, the input of the fraud detectors.',
    tags: { ...risk, algorithm: 'autoencoder' },
  },
  {
    name: 'claims-fraud-screening',
    description: 'Marks insurance claims that need a second look.',
    tags: { team: 'claims' },
  },
  {
    name: 'chargeback-forecast',
    description: 'Expected chargebacks of the next month.',
    tags: { algorithm: 'prophet' },
  },
  {
    name: 'churn-predictor',
    description: 'Predicts which customers leave within thirty days.',
    tags: { ...growth, algorithm: 'catboost', owner: 'hana.sato' },
    aliases: ['champion'],
    run: 'merry-lynx-88',
  },
  { name: 'churn_uplift', description: 'Whom to call so that they stay.', tags: growth },
  {
    name: 'telco.churn.baseline',
    description: 'Logistic regression, which every other one has to beat.',
    tags: { algorithm: 'logistic' },
  },
  {
    name: 'customer-lifetime-value',
    description: 'Expected revenue of a customer in the next year.',
    tags: growth,
  },
  {
    name: 'demand-forecast-stores',
    description: 'Weekly demand for each article in every store.',
    tags: { team: 'supply', algorithm: 'prophet' },
    params: { seasonality_mode: 'multiplicative' },
  },
  {
    name: 'demand_forecast_online',
    description: 'Daily demand of the web shop.',
    tags: { team: 'supply', algorithm: 'lstm' },
  },
  {
    name: 'inventory-optimizer',
    description: 'How much to order, given the expected demand.',
    tags: { team: 'supply' },
  },
  {
    name: 'price-elasticity',
    description: 'What a change of the price does to sales.',
    tags: { team: 'pricing' },
  },
  {
    name: 'dynamic-pricing-hotels',
    description: 'Prices of rooms by season and occupancy.',
    tags: { team: 'pricing' },
  },
  {
    name: 'hotel-ranking',
    description: 'Order of hotels in a list of results.',
    tags: { algorithm: 'lightgbm' },
  },
  {
    name: 'product-recommender',
    description: 'Recommends products on the home page.',
    tags: { team: 'recsys', algorithm: 'two-tower' },
    aliases: ['champion', 'canary'],
  },
  { name: 'session-intent', description: 'What a visitor is about to do.', tags: { team: 'recsys' } },
  {
    name: 'query-spelling',
    description: 'Mends misspelled words in the search box.',
    tags: { team: 'search' },
  },
  {
    name: 'sentiment-reviews-en',
    description: 'Sentiment of reviews in English.',
    tags: { language: 'english', algorithm: 'roberta' },
    run: 'zesty-raven-3',
  },
  {
    name: 'sentiment-reviews-de',
    description: 'Stimmung in Produktbewertungen.',
    tags: { language: 'german' },
  },
  {
    name: 'übersetzer-de-en',
    description: 'Übersetzt Anfragen von Kundinnen und Kunden.',
    tags: { language: 'german' },
  },
  {
    name: 'prévision-ventes',
    description: 'Prévision des ventes par magasin.',
    tags: { language: 'french' },
  },
  { name: '需要予測', description: '店舗ごとの売上', tags: { language: 'japanese' } },
  {
    name: 'clasificación-señales',
    description: 'Clasifica las señales de tráfico.',
    tags: { language: 'spanish' },
  },
  { name: 'прогноз-спроса', description: 'Спрос по магазинам на неделю.', tags: { language: 'russian' } },
  {
    name: 'invoice-ocr',
    description: 'Reads amounts and dates from scanned invoices.',
    params: { backbone: 'efficientnet-b4' },
  },
  { name: 'receipt-ocr', description: 'Reads the lines of a receipt.', params: { backbone: 'mobilenet-v3' } },
  {
    name: 'contract-summarizer',
    description: 'Key points of long contracts for lawyers.',
    tags: { algorithm: 'gpt' },
  },
  { name: 'clause-extraction', description: 'Finds liability clauses in contracts.' },
  {
    name: 'support-ticket-router',
    description: 'Sends each question to the right desk.',
    tags: { team: 'support', ticket: 'ML-90500' },
  },
  {
    name: 'call-transcriber',
    description: 'Writes down what was said on the phone.',
    tags: { algorithm: 'conformer' },
  },
  { name: 'voice-biometrics', description: 'Recognises callers by how they speak.' },
  {
    name: 'face-verification',
    description: 'Compares a selfie with the photo of a passport.',
    params: { backbone: 'arcface' },
  },
  {
    name: 'x-ray-triage',
    description: 'Finds pneumonia in images of the chest.',
    tags: { algorithm: 'densenet', approval: 'ce-marked' },
  },
  { name: 'mri-segmentation', description: 'Outlines tumours slice by slice.', tags: { algorithm: 'unet' } },
  { name: 'ecg-arrhythmia', description: 'Irregular heartbeat in a recording of ten seconds.' },
  { name: 'turbine-anomaly', description: 'Vibration of wind turbines that is out of the ordinary.' },
  { name: 'battery-degradation', description: 'Remaining capacity of a cell after so many cycles.' },
  {
    name: 'predictive_maintenance.pumps',
    description: 'When a pump has to be serviced.',
    tags: { site: 'rotterdam' },
  },
  {
    name: 'predictive_maintenance.conveyors',
    description: 'When a belt has to be serviced.',
    tags: { site: 'gdańsk' },
  },
  { name: 'sensor-health', description: 'Tells broken sensors from real events.' },
  { name: 'route-optimizer', description: 'Shortest tour over all stops of a van.' },
  { name: 'parcel-eta', description: 'Arrival time of a parcel to the quarter of an hour.' },
  { name: 'warehouse-slotting', description: 'Which article lies where, so that pickers walk less.' },
  {
    name: 'credit-scoring-retail',
    description: 'Probability that a private borrower pays back.',
    tags: risk,
  },
  { name: 'credit.limit.advisor', description: 'How much a card holder may spend.', tags: risk },
  { name: 'loan-default-risk', description: 'Losses of the book under stress.', tags: risk },
  { name: 'kyc-name-matching', description: 'Compares names with lists of sanctions.' },
  { name: 'aml-monitor', description: 'Signs of money laundering in transfers.', tags: risk },
  { name: 'ad-click-through', description: 'Probability that an advert is clicked.', tags: { team: 'ads' } },
  { name: 'bid-optimizer', description: 'What to bid for an impression.', tags: { team: 'ads' } },
  { name: 'spam-filter', description: 'Keeps unwanted mail out of the inbox.' },
  {
    name: 'phishing-url-detector',
    description: 'Tells dangerous links.',
    version: 'Distilled to run in the browser.',
  },
  {
    name: 'llm-guardrail',
    description: 'Refuses prompts that try to break the rules.',
    tags: { algorithm: 'deberta' },
  },
  { name: 'weather-downscaling', description: 'Rain to the square kilometre.' },
  {
    name: 'energy-load-forecast',
    description: 'Load of the grid for the day ahead.',
    tags: { owner: 'katarzyna.nowak' },
  },
  {
    name: 'solar-yield-forecast',
    description: 'Output of photovoltaic plants.',
    tags: { owner: 'katarzyna.nowak' },
  },
]
