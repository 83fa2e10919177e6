/** What names, tags and descriptions of a fleet are made of. */

function list(text: string): readonly string[] {
  return text.trim().split(/\s+/)
}

export const teams = list(`
  risk payments growth search ads logistics pricing support identity supply
  claims underwriting marketing forecasting fraud recsys vision nlp speech mlops`)

export const domains = list(`
  card-payment customer invoice transaction session basket driver parcel warehouse ticket review listing hotel flight
  loan mortgage insurance-claim subscription device turbine battery sensor x-ray document email call chat video product
  merchant account household store campaign coupon query supplier shipment passenger`)

export const tasks = list(`
  fraud-detection churn-prediction demand-forecast price-elasticity ranking recommendation anomaly-detection
  segmentation classification sentiment entity-extraction translation summarization ocr speech-to-text lifetime-value
  credit-scoring propensity uplift next-best-action image-tagging duplicate-detection routing eta intent embedding`)

export const algorithms = list(`
  xgboost lightgbm catboost random-forest logistic elastic-net lstm transformer bert resnet50 yolo unet prophet arima
  kmeans isolation-forest autoencoder two-tower svm gpt whisper gnn`)

export const languages = list('en de fr es it pt nl pl ja multi')

export const frameworks = list('sklearn pytorch tensorflow xgboost lightgbm spark onnx')

export const owners = list(`
  ann.lee björn.sjöberg carla.gómez david.kim émilie.roux fatima.khan georg.müller hana.sato ivan.petrov joão.silva
  katarzyna.nowak li.wei maria.rossi noah.brown olga.ivanova priya.nair quentin.blanc rosa.diaz sven.olsen tomás.ruiz`)

export const tiers = list('gold silver bronze experimental')

/** For descriptions, beside what the model is. */
export const words = list(`
  trained on the last months of data with calibrated scores for daily batch online serving retrained weekly features
  from feature store and holdout validated baseline replaces previous release lower latency higher recall region europe
  america asia mobile web checkout onboarding nightly pipeline quantized distilled pruned ensemble shadow canary rollout
  approved audit privacy consent synthetic labels weak supervision seasonal holiday outliers removed drift monitored
  alerts threshold tuned bayesian search`)

export const adjectives = list(`
  bold calm eager fancy gentle happy keen lively merry nimble proud quick rapid silent tidy upbeat vivid wise young
  zesty`)

export const animals = list(`
  ant bear crane dove eagle fox goose hare ibis jay koala lynx mole newt otter panda quail raven seal tiger`)

export const metricKeys = list(`
  auc accuracy f1 precision recall logloss rmse brier latency_ms_p95 train_seconds`)
