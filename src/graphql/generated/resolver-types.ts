import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { FederatedAlias, FederatedHop, FederatedModel, FederatedVersion, FederatedRun } from '../../federation/records/records.ts';
import type { WrittenAlias, MadeVersion, WrittenModel, WrittenVersion, WrittenTransition } from '../../federation/records/written.ts';
import type { AliasReportList, AliasReportCell } from '../../federation/compare/alias-report.ts';
import type { ArtifactRecord, MetricRecord, ParamRecord, RunDatasetRecord, TagRecord } from '../../contract/index.ts';
import type { ArtifactList, ArtifactListEdge, ModelList, ModelListEdge, VersionList, VersionListEdge, SourceOutcome } from '../../federation/list/connection.ts';
import type { AliasCellRecord, AliasMatrixRecord } from '../../federation/compare/alias-matrix.ts';
import type { HeldAlias } from '../../federation/catalog/alias-at.ts';
import type { CatalogReport } from '../../federation/session/readers.ts';
import type { DriftRecord } from '../../federation/records/drift.ts';
import type { EnvironmentRecord } from '../../federation/session/environments.ts';
import type { EventRecord } from '../../federation/records/event.ts';
import type { EventList, EventListEdge } from '../../federation/catalog/list-events.ts';
import type { ConflictRecord, MemberRecord } from '../../federation/logical/members.ts';
import type { FederatedLogicalModel } from '../../federation/records/logical.ts';
import type { LogicalModelList, LogicalModelListEdge } from '../../federation/list/list-logical-models.ts';
import type { GroupOfModels, GroupedModels } from '../../federation/list/group-models.ts';
import type { Grant } from '../../federation/records/permission.ts';
import type { GrantList, GrantListEdge } from '../../federation/permissions/list-grants.ts';
import type { FederatedRegistry } from '../../federation/records/federated-registry.ts';
import type { FoundHighlight } from '../../federation/search/highlights.ts';
import type { SearchList, SearchListEdge } from '../../federation/search/search.ts';
import type { VersionComparison } from '../../federation/resolve/version-diff.ts';
import type { GatewayContext } from '../context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /**
   * A moment in time as RFC 3339 writes it. Out: always in UTC, with exactly three fraction digits, anything finer cut
   * off: `2026-11-21T02:44:00.123Z`. In: any offset and 0 to 9 fraction digits, `t` and `z` in either case. A date that no
   * calendar has, such as February 30, is refused.
   */
  DateTime: { input: number; output: Date; }
};

/** A name that points to one version of its model, such as `champion`. A version may hold many. */
export type Alias = {
  /** When it was pointed to this version, as far as the gateway has seen it: of what was observed, when it was noticed. */
  assignedAt: Maybe<Scalars['DateTime']['output']>;
  /** Who did that; null when the gateway has not seen it. */
  assignedBy: Maybe<Scalars['String']['output']>;
  /** Unique within the model; case-sensitive. */
  name: Scalars['String']['output'];
  /** The version it points to. */
  version: Maybe<ModelVersion>;
  /** The version it points to, as the registry writes it; costs no request. */
  versionNumber: Scalars['String']['output'];
};

/** Who holds an alias in one environment. */
export type AliasCell = {
  /** The environment. */
  environment: Environment;
  /** Those asked for that its run has; null when there is no holder, or its run could not be read. */
  metrics: Maybe<Array<Metric>>;
  /** The member; null when the environment has none. */
  model: Maybe<Model>;
  /** Whether its files are those of the holder in the next lower environment that has one; null when there is none, or it cannot be told or read. */
  sameArtifactAsPrevious: Maybe<Scalars['Boolean']['output']>;
  /** How the registry answered; without a model, how far it is known that there is none. */
  state: SourceState;
  /** The holder; null when there is none, or when `state` says that it could not be read. */
  version: Maybe<ModelVersion>;
};

/** A version by an alias of its model. */
export type AliasKey = {
  /** The alias; case-sensitive. */
  alias: Scalars['String']['input'];
  /** The model's name; case-sensitive. */
  model: Scalars['String']['input'];
  /** The registry's name; an unknown one is BAD_USER_INPUT. */
  registry: Scalars['String']['input'];
};

/**
 * Who holds an alias of a logical model: a cell for each member, lowest environment first, and one without a model for an
 * environment that has none.
 */
export type AliasMatrix = {
  /** The alias. */
  alias: Scalars['String']['output'];
  /** The cells. */
  cells: Array<AliasCell>;
};

/** Who held an alias at one time. It was moved there between `notBefore` and `notAfter`. */
export type AliasMoment = {
  /** How that is known. */
  certainty: Certainty;
  /** It had been moved there by then. */
  notAfter: Maybe<Scalars['DateTime']['output']>;
  /** It was not moved there before this; null when that is not known. */
  notBefore: Maybe<Scalars['DateTime']['output']>;
  /** The version, as it is now; null when it is gone, or nobody held the alias. */
  version: Maybe<ModelVersion>;
  /** The version that held it; null: nobody did. */
  versionNumber: Maybe<Scalars['String']['output']>;
};

/** An alias that was set. */
export type AliasPayload = {
  /** As it is now; null when somebody has taken it away since. */
  alias: Maybe<Alias>;
  /** The version that held it before; null when nobody did. */
  previousVersion: Maybe<Scalars['String']['output']>;
};

/** Who holds an alias in all environments, as flat rows. */
export type AliasReport = {
  /** Whether all sources are OK, on this page and those before. */
  complete: Scalars['Boolean']['output'];
  /** Where the page of logical models ends. */
  pageInfo: PageInfo;
  /** A row for each cell of the alias matrix. */
  rows: Array<AliasReportRow>;
  /** How each registry answered, and how far the catalog knows it. */
  sources: Array<SourceStatus>;
};

/** Who holds an alias of a logical model in one environment. */
export type AliasReportRow = {
  /** When the holder was given the alias, from recorded and observed events; null when the gateway saw none. */
  assignedAt: Maybe<Scalars['DateTime']['output']>;
  /** The environment. */
  environment: Maybe<Scalars['String']['output']>;
  /** The name of the logical model. */
  logicalModel: Scalars['String']['output'];
  /** The metric that was asked for; null when the holder's run has none, or when it is not a finite number. */
  metric: Maybe<Scalars['Float']['output']>;
  /** `metric` minus that of the holder in the next lower environment that has one; null unless both are known. */
  metricDelta: Maybe<Scalars['Float']['output']>;
  /** The name of the model; null when the environment has none. */
  model: Maybe<Scalars['String']['output']>;
  /** The registry that holds the model; null when the environment has none. */
  registry: Maybe<Scalars['String']['output']>;
  /** The holder's stage. */
  stage: Maybe<Scalars['String']['output']>;
  /** When the holder was changed last, as its registry keeps it. */
  updatedAt: Maybe<Scalars['DateTime']['output']>;
  /** The holder; null when there is none, or when it could not be read: then `complete` is false. */
  version: Maybe<Scalars['String']['output']>;
};

/** A file or a folder of a version. */
export type Artifact = {
  /** `sha256:…` over its bytes, where the registry keeps one. */
  digest: Maybe<Scalars['String']['output']>;
  /** Whether it is a folder. */
  isDirectory: Scalars['Boolean']['output'];
  /** Relative to the version's root, `/` between its parts. */
  path: Scalars['String']['output'];
  /** How many bytes it has; null for a folder, and when the registry does not say. */
  sizeBytes: Maybe<Scalars['Float']['output']>;
};

/** One page of what is in a folder. */
export type ArtifactConnection = {
  /** The entries of this page, each with its cursor. */
  edges: Array<ArtifactEdge>;
  /** The entries of this page. */
  nodes: Array<Artifact>;
  /** Where this page lies in the whole folder. */
  pageInfo: PageInfo;
};

/** A file or folder in a list. */
export type ArtifactEdge = {
  /** Its place in the list, to be given as `after`. */
  cursor: Scalars['String']['output'];
  /** The file or folder. */
  node: Artifact;
};

/** What becomes of a version's files when it is copied to another registry. */
export type ArtifactMode =
  /**
   * The files go along, streamed through the gateway; the answer comes when they are there. Sizes are compared, and a
   * digest over all files is kept with the copy. UNSUPPORTED when either registry cannot move files.
   */
  | 'COPY'
  /** The copy points to where the original's files are. BAD_USER_INPUT when that place means nothing to the destination. */
  | 'REFERENCE';

/** An alias for a stage. */
export type AssignAliasToStageInput = {
  /** See `SetAliasInput.alias`. */
  alias: Scalars['String']['input'];
  /** Which model. */
  model: ModelRef;
  /** Found without regard to case. */
  stage: Scalars['String']['input'];
};

/** How an ability comes about. */
export type CapabilityLevel =
  /** Made by the gateway from something else, such as tags. */
  | 'EMULATED'
  /** The backend's own. */
  | 'NATIVE'
  /** Not there: asking for it is UNSUPPORTED. */
  | 'NONE';

/** How far the gateway's own catalog knows a registry. */
export type CatalogStatus = {
  /** How long ago everything was known that others had changed, in milliseconds; null: it never was. */
  lagMs: Maybe<Scalars['Float']['output']>;
  /** When the last read of the whole registry that came to its end began. */
  lastFullSync: Maybe<Scalars['DateTime']['output']>;
  /** How many models it has; null for who may not see all of them. */
  models: Maybe<Scalars['Int']['output']>;
  /**
   * OK: answers from the catalog are as new as they should be. STALE: they are older, or the last sync failed. SKIPPED: it
   * was never read as a whole. ERROR: the same, as every try failed.
   */
  state: SourceState;
  /** How many versions it has; null for who may not see all of them. */
  versions: Maybe<Scalars['Int']['output']>;
};

/** How something of the past is known. */
export type Certainty =
  /** It was noticed between two looks. */
  | 'OBSERVED'
  /** It was written through the gateway. */
  | 'RECORDED'
  /** The time that was asked for lies within the window of the next move; the holder before it is given. */
  | 'UNCERTAIN';

/** A version to copy. */
export type CopyModelVersionInput = {
  /** What becomes of the files when the destination is another registry. */
  artifacts?: InputMaybe<ArtifactMode>;
  /** The model that gets the copy; made when it is not there. */
  destination: ModelKey;
  /**
   * As of `CreateModelInput.idempotencyKey`. A copy that broke off, even by the end of the gateway, is finished by asking
   * again with the same key.
   */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Which version; NOT_FOUND when it is not there. */
  source: ModelVersionRef;
  /** Besides the tags of the original, and instead of those with the same keys. */
  tags?: InputMaybe<Array<TagInput>>;
};

/** A copy that was made. */
export type CopyModelVersionPayload = {
  /** Whether its model was made with it. */
  createdModel: Scalars['Boolean']['output'];
  /** The copy. */
  modelVersion: Maybe<ModelVersion>;
};

/** A model to make. */
export type CreateModelInput = {
  /** Empty is the same as none. */
  description?: InputMaybe<Scalars['String']['input']>;
  /**
   * The caller's own, 1 to 512 characters, kept for two days: the same key answers the same and writes once. With other
   * arguments it is IDEMPOTENCY_KEY_REUSED. A key whose write was refused is free again.
   */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** See `RegistryCapabilities.naming`. */
  name: Scalars['String']['input'];
  /** The registry's name. */
  registry: Scalars['String']['input'];
  /** Each key once. */
  tags?: InputMaybe<Array<TagInput>>;
};

/** A version to register. */
export type CreateModelVersionInput = {
  /** Whether the model is made when it is not there; else that is NOT_FOUND. */
  createModel?: InputMaybe<Scalars['Boolean']['input']>;
  /** Empty is the same as none. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** As of `CreateModelInput.idempotencyKey`. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Of which model. */
  model: ModelRef;
  /** The training run; that of a `runs:/` or `models:/` source goes without saying. */
  runId?: InputMaybe<Scalars['String']['input']>;
  /**
   * What it is made from: `runs:/RUN/path`; `models:/name/3`, `@alias`, `/Stage` or `/latest` of the same registry, which
   * is looked up now; `models:/m-…`, a logged model of MLflow 3; or the URI of the place where its files are, as far as
   * the registry takes it. A logged model that is named by its run reads back as `models:/m-…`.
   */
  source: Scalars['String']['input'];
  /** Each key once. */
  tags?: InputMaybe<Array<TagInput>>;
};

/** Tests of a moment; several must all hold. What is not there passes none. */
export type DateTimeFilter = {
  /** After this moment. */
  gt?: InputMaybe<Scalars['DateTime']['input']>;
  /** At or after this moment. */
  gte?: InputMaybe<Scalars['DateTime']['input']>;
  /** Before this moment. */
  lt?: InputMaybe<Scalars['DateTime']['input']>;
  /** At or before this moment. */
  lte?: InputMaybe<Scalars['DateTime']['input']>;
};

/** An alias to take away. */
export type DeleteAliasInput = {
  /** Case-sensitive. */
  alias: Scalars['String']['input'];
  /** The version that has to hold it now, else CONFLICT. */
  expectedVersion?: InputMaybe<Scalars['String']['input']>;
  /** Which model. */
  model: ModelRef;
};

/** An alias that was taken away. */
export type DeleteAliasPayload = {
  /** As it is now. */
  model: Maybe<Model>;
  /** The version that held it; null when nobody did. */
  previousVersion: Maybe<Scalars['String']['output']>;
};

/** A model to delete. */
export type DeleteModelInput = {
  /** Which model. */
  model: ModelRef;
};

/** Tags to delete of a model. */
export type DeleteModelTagsInput = {
  /** Those that are not there are no error. */
  keys: Array<Scalars['String']['input']>;
  /** Which model. */
  model: ModelRef;
};

/** A version to delete. */
export type DeleteModelVersionInput = {
  /** Which version. */
  version: ModelVersionRef;
};

/** Tags to delete of a version. */
export type DeleteModelVersionTagsInput = {
  /** Those that are not there are no error. */
  keys: Array<Scalars['String']['input']>;
  /** Which version. */
  version: ModelVersionRef;
};

/** Something that was deleted. */
export type DeletePayload = {
  /** The id it had. */
  deletedId: Scalars['ID']['output'];
};

/** What happened to a value on the way from one version to another. */
export type DiffChange =
  /** Only `to` has it. */
  | 'ADDED'
  /** Both sides have it, with other values. */
  | 'CHANGED'
  /** Only `from` has it. */
  | 'REMOVED'
  /** Both sides have the same. */
  | 'SAME';

/** Which way a list is sorted. Rows without a value come last in either. */
export type Direction =
  /** From low to high. */
  | 'ASC'
  /** From high to low. */
  | 'DESC';

/** Something that is another in one environment than in the other. */
export type DriftFinding = {
  /** The same in words, with what differs. */
  detail: Scalars['String']['output'];
  /** The holder in `from`; null when there is none or it could not be read. */
  from: Maybe<ModelVersion>;
  /** What differs. */
  kind: DriftKind;
  /** The name of the logical model; empty with UNKNOWN where a registry was not read yet, and nobody knows of which it has models. */
  logicalModel: Scalars['String']['output'];
  /** The holder in `to`; null when there is none or it could not be read. */
  to: Maybe<ModelVersion>;
};

/** What differs between two environments. */
export type DriftKind =
  /** The holders have other files, as far as that can be told. */
  | 'DIFFERENT_ARTIFACT'
  /** Metrics of the holders' runs differ. */
  | 'METRICS_DIFFER'
  /** The model, or the holder of the alias, is on one side only. */
  | 'MISSING'
  /** `from` has a version that was created after the holder there. */
  | 'NEWER_IN_FROM'
  /** The holders are in other stages. */
  | 'STAGE_DIFFERS'
  /** Tags of the holders differ. */
  | 'TAGS_DIFFER'
  /** A side could not be read, or several models claim it: nothing is said of it. */
  | 'UNKNOWN';

/** One rung of the ladder from development to production, as configured. */
export type Environment = {
  /** Its name in the configuration, such as `staging`; unique. */
  name: Scalars['String']['output'];
  /** Its place in the ladder; 0 is the lowest. */
  rank: Scalars['Int']['output'];
  /** The registries that may hold models of this environment, in the order of the configuration. */
  registries: Array<Registry>;
};

/**
 * What can go wrong. The same names stand in `errors[].extensions.code`, beside `registry` (which one), `retryable`, and
 * `field` (the argument that is wrong). Documents that do not parse or validate have the codes of Apollo Server. More
 * values may come; take an unknown one for INTERNAL_SERVER_ERROR.
 */
export type ErrorCode =
  /** Something of that name is there already. */
  | 'ALREADY_EXISTS'
  /** An argument is wrong; `field` names it. The same request will always fail. */
  | 'BAD_USER_INPUT'
  /** It was changed meanwhile. */
  | 'CONFLICT'
  /** Whoever is signed in may not do this. */
  | 'FORBIDDEN'
  /** The idempotency key was used before, with other arguments. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** A fault of the gateway; the message holds the id under which its log tells more. */
  | 'INTERNAL_SERVER_ERROR'
  /** More rows would have to be read than is allowed; a narrower filter or another order may do. */
  | 'LIMIT_EXCEEDED'
  /** What the request names is not there. Look-ups answer null instead. */
  | 'NOT_FOUND'
  /** A policy forbids it. */
  | 'POLICY_VIOLATION'
  /** Too many requests in too short a time. */
  | 'RATE_LIMITED'
  /** The registry gave an answer that cannot be used. */
  | 'REGISTRY_ERROR'
  /** No answer by the deadline. */
  | 'REGISTRY_TIMEOUT'
  /** The registry cannot be reached, or is not asked as it failed too often of late. */
  | 'REGISTRY_UNAVAILABLE'
  /** Nobody is signed in, or the registry refuses the gateway's credentials. */
  | 'UNAUTHENTICATED'
  /** This registry, or this version of it, cannot do it. */
  | 'UNSUPPORTED';

/** One thing that happened, with what was before and what is after it. Events are added and never changed. */
export type Event = Node & {
  /** Who wrote it, such as `user:ann`; null when that is not known. */
  actor: Maybe<Scalars['String']['output']>;
  /** As `before`, of what there is now. */
  after: Maybe<Scalars['String']['output']>;
  /** When it was written; of what was observed, when it was noticed. */
  at: Scalars['DateTime']['output'];
  /** An alias's version, a tag's value, a stage, a name; of a copy, where it is from; null: none. */
  before: Maybe<Scalars['String']['output']>;
  /** How it is known. */
  certainty: Certainty;
  /** What the writer has said about it. */
  comment: Maybe<Scalars['String']['output']>;
  /** Its place in the log, for `since`. */
  cursor: Scalars['String']['output'];
  /** Opaque; the same for as long as the event is kept. */
  id: Scalars['ID']['output'];
  /** The name of the tag or the alias, `description`, or whose permission it is. */
  key: Maybe<Scalars['String']['output']>;
  /** What happened. */
  kind: EventKind;
  /** The model's name then; a rename stands under the new one. */
  model: Maybe<Scalars['String']['output']>;
  /** Of what was observed: the last look before, since when it may have happened. */
  notBefore: Maybe<Scalars['DateTime']['output']>;
  /** The registry's name. */
  registry: Maybe<Scalars['String']['output']>;
  /** What it is about, as it is now; null when that is gone. */
  subject: Maybe<Node>;
  /** The version; of an alias, the one that holds it now. */
  version: Maybe<Scalars['String']['output']>;
};

/** One page of events. */
export type EventConnection = {
  /** Whether all of them are as new as they should be. */
  complete: Scalars['Boolean']['output'];
  /** The events with their cursors. */
  edges: Array<EventEdge>;
  /** The events alone. */
  nodes: Array<Event>;
  /** Where the page stands among the others. */
  pageInfo: PageInfo;
  /** For each registry, how far changes from outside have been looked for: `asOf`. */
  sources: Array<SourceStatus>;
};

/** One event with its cursor. */
export type EventEdge = {
  /** Its place in the log. */
  cursor: Scalars['String']['output'];
  /** The event. */
  node: Event;
};

/** Which events. Fields are joined by AND. */
export type EventFilter = {
  /** By such actors. */
  actor?: InputMaybe<StringFilter>;
  /** Of such keys. */
  key?: InputMaybe<StringFilter>;
  /** Of one of these kinds. */
  kinds?: InputMaybe<Array<EventKind>>;
  /** Of models of such names. */
  model?: InputMaybe<StringFilter>;
  /** Of one of these registries. An unknown name is BAD_USER_INPUT. */
  registries?: InputMaybe<Array<Scalars['String']['input']>>;
};

/** What happened. More values may come. */
export type EventKind =
  /** An alias is gone. */
  | 'ALIAS_DELETED'
  /** An alias was set, or moved. */
  | 'ALIAS_SET'
  /** An outside check has answered. */
  | 'CHECK_REPORTED'
  /** A promotion waits for an outside check. */
  | 'CHECK_REQUESTED'
  /** Somebody has said something about it. */
  | 'COMMENTED'
  /** A model was made. */
  | 'MODEL_CREATED'
  /** A model is gone, with all it had. */
  | 'MODEL_DELETED'
  /** A model has another name. */
  | 'MODEL_RENAMED'
  /** The description of a model has changed. */
  | 'MODEL_UPDATED'
  /** Somebody's permission on it is another one. */
  | 'PERMISSION_CHANGED'
  /** A version was promoted. */
  | 'PROMOTED'
  /** A promotion failed; all its steps are undone. */
  | 'PROMOTION_FAILED'
  /** A promotion was taken back. */
  | 'ROLLED_BACK'
  /** A version is in another stage. */
  | 'STAGE_CHANGED'
  /** A tag is gone. */
  | 'TAG_DELETED'
  /** A tag was set, or has another value. */
  | 'TAG_SET'
  /** Such a change was approved. */
  | 'TRANSITION_APPROVED'
  /** Who asked for such a change takes it back. */
  | 'TRANSITION_CANCELLED'
  /** A change that needed approval waited for too long. */
  | 'TRANSITION_EXPIRED'
  /** Such a change was refused. */
  | 'TRANSITION_REJECTED'
  /** Somebody asked for a change that needs approval. */
  | 'TRANSITION_REQUESTED'
  /** A version was made of another one. */
  | 'VERSION_COPIED'
  /** A version was made. */
  | 'VERSION_CREATED'
  /** A version is gone. */
  | 'VERSION_DELETED'
  /** A version became ready, or failed. */
  | 'VERSION_STATUS_CHANGED'
  /** The description of a version has changed. */
  | 'VERSION_UPDATED';

/** Tests of a number; several must all hold. NaN passes none, the infinities compare. */
export type FloatFilter = {
  /** Is this number. */
  eq?: InputMaybe<Scalars['Float']['input']>;
  /** Above this number. */
  gt?: InputMaybe<Scalars['Float']['input']>;
  /** This number or above. */
  gte?: InputMaybe<Scalars['Float']['input']>;
  /** Below this number. */
  lt?: InputMaybe<Scalars['Float']['input']>;
  /** This number or below. */
  lte?: InputMaybe<Scalars['Float']['input']>;
};

/** A text of a hit with the words that were found. */
export type Highlight = {
  /**
   * Which text: `name`, `description`, `aliases`, `tags.KEY`, `params.KEY`, `run.name`, `version`; of what a model's version
   * says `versions.VERSION.` before it.
   */
  field: Scalars['String']['output'];
  /** HTML: a part of the text, escaped, with the words in `<mark>`. */
  fragment: Scalars['String']['output'];
};

/** One step from a copy back towards its origin. */
export type LineageHop = {
  /**
   * Whether the version is gone from here, or another one has its name by now, as its time of creation, location, digest
   * or run tell.
   */
  broken: Scalars['Boolean']['output'];
  /** The registry that holds it; null when no configured registry is meant. */
  registry: Maybe<Scalars['String']['output']>;
  /** The version of this hop as a URI, `models:/…` or `models://registry/…`. */
  uri: Scalars['String']['output'];
  /** The version; null when it is gone, is another one by now, or could not be read. */
  version: Maybe<ModelVersion>;
};

/** A model that claims a name which another one of its registry and environment claims too. */
export type LogicalConflict = {
  /** What claims the name besides, and what to do. */
  message: Scalars['String']['output'];
  /** The model. */
  model: Model;
  /** The rule that claims the name for it first, then those of the others. */
  rules: Array<Scalars['String']['output']>;
};

/** One model of a logical model. */
export type LogicalMember = {
  /** Where it stands on the ladder. */
  environment: Environment;
  /** The rule that joined it, as in the configuration. */
  matchedBy: Scalars['String']['output'];
  /** The model. */
  model: Model;
};

/**
 * One business model in all its environments. Between environments the first member counts, in the order of the
 * configuration. A model that the caller may not see is as if it were not there.
 */
export type LogicalModel = Node & {
  /** Who holds an alias in every environment. */
  alias: Maybe<AliasMatrix>;
  /** The holders of an alias in two environments side by side; a side without one is null. */
  compare: Maybe<VersionDiff>;
  /** Models of one registry and environment that claim the name together; none of them is a member. Of very many the first 100. */
  conflicts: Array<LogicalConflict>;
  /** Opaque, made from its name. */
  id: Scalars['ID']['output'];
  /** Its models, lowest environment first. */
  members: Array<LogicalMember>;
  /** What the rules call it. */
  name: Scalars['String']['output'];
};


/**
 * One business model in all its environments. Between environments the first member counts, in the order of the
 * configuration. A model that the caller may not see is as if it were not there.
 */
export type LogicalModelAliasArgs = {
  metrics?: InputMaybe<Array<Scalars['String']['input']>>;
  name: Scalars['String']['input'];
};


/**
 * One business model in all its environments. Between environments the first member counts, in the order of the
 * configuration. A model that the caller may not see is as if it were not there.
 */
export type LogicalModelCompareArgs = {
  alias: Scalars['String']['input'];
  from: Scalars['String']['input'];
  to: Scalars['String']['input'];
};

/** One page of logical models. */
export type LogicalModelConnection = {
  /** Whether all sources are OK, on this page and those before. */
  complete: Scalars['Boolean']['output'];
  /** With their cursors. */
  edges: Array<LogicalModelEdge>;
  /** The logical models. */
  nodes: Array<LogicalModel>;
  /** Where the page ends. */
  pageInfo: PageInfo;
  /** How far the catalog knows each registry, which says what belongs together in either mode. */
  sources: Array<SourceStatus>;
  /** Of all pages; null when that is not known without asking more. */
  totalCount: Maybe<Scalars['Int']['output']>;
};

/** One logical model of a list. */
export type LogicalModelEdge = {
  /** Its place, for `after`. */
  cursor: Scalars['String']['output'];
  /** The logical model. */
  node: LogicalModel;
};

/** Which logical models. Fields are joined by AND. */
export type LogicalModelFilter = {
  /** Those of which no model that the caller may see is in any of these environments; an unknown one is BAD_USER_INPUT. */
  missingIn?: InputMaybe<Array<Scalars['String']['input']>>;
  /** By name. */
  name?: InputMaybe<StringFilter>;
};

/** A measured number, as it was logged last. One of `value` and `nonFinite` is there. */
export type Metric = {
  /** Unique within the run; case-sensitive. */
  key: Scalars['String']['output'];
  /** What it is when it is not a finite number. */
  nonFinite: Maybe<NonFinite>;
  /** The training step of that value; null when the registry does not keep it. */
  step: Maybe<Scalars['Float']['output']>;
  /** The number; null when it is not a finite one. */
  value: Maybe<Scalars['Float']['output']>;
};

/** Tests of one metric of a version's run. */
export type MetricFilter = {
  /** The metric's key; case-sensitive. */
  key: Scalars['String']['input'];
  /** What must hold of its last value. */
  value: FloatFilter;
};

/** Sorting by a metric of the version's run. Versions without the metric, and NaN, come last. */
export type MetricOrder = {
  /** Which way. */
  direction?: InputMaybe<Direction>;
  /** The metric's key; case-sensitive. */
  key: Scalars['String']['input'];
};

/** A named model of one registry, with all its versions. */
export type Model = Node & {
  /** One alias; null when the model has no such alias. */
  alias: Maybe<Alias>;
  /** Who held the alias at that time; null when nothing is known of it. */
  aliasAt: Maybe<AliasMoment>;
  /** Its aliases, sorted by name; empty where the registry knows no aliases. */
  aliases: Maybe<Array<Alias>>;
  /** When it was created; null when the registry does not keep it. */
  createdAt: Maybe<Scalars['DateTime']['output']>;
  /** What people say of it; null when it is empty. */
  description: Maybe<Scalars['String']['output']>;
  /** The environment that the rule for its name says, else the one of its registry. */
  environment: Maybe<Environment>;
  /** What happened to it, in the order of the log. */
  events: Maybe<EventConnection>;
  /** Opaque; another one after a rename. */
  id: Scalars['ID']['output'];
  /**
   * The version that was created last, archived or not; with `stage` the highest VERSION in that stage. Null when there
   * is none.
   */
  latestVersion: Maybe<ModelVersion>;
  /** The business model that it belongs to by the rules of `logicalModels`; null when to none, or when the catalog does not know it. */
  logicalModel: Maybe<LogicalModel>;
  /** Its name, unique within the registry; case-sensitive. */
  name: Scalars['String']['output'];
  /** The registry that holds it. */
  registry: Registry;
  /** The value of one tag; null when it has no such tag. */
  tag: Maybe<Scalars['String']['output']>;
  /** Its tags, sorted by key. Tags by which a registry keeps aliases, stages and origins are not among them. */
  tags: Maybe<Array<Tag>>;
  /**
   * When it was changed last, as the registry keeps it: setting a tag or an alias need not move it. Null when the registry
   * does not keep it.
   */
  updatedAt: Maybe<Scalars['DateTime']['output']>;
  /** One version; null when the model has no such version. */
  version: Maybe<ModelVersion>;
  /** Its versions as one ordered list; at first the highest VERSION. */
  versions: Maybe<ModelVersionConnection>;
  /** What the caller may do on it. */
  viewerPermission: Permission;
};


/** A named model of one registry, with all its versions. */
export type ModelAliasArgs = {
  name: Scalars['String']['input'];
};


/** A named model of one registry, with all its versions. */
export type ModelAliasAtArgs = {
  at: Scalars['DateTime']['input'];
  name: Scalars['String']['input'];
};


/** A named model of one registry, with all its versions. */
export type ModelEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  direction?: InputMaybe<Direction>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A named model of one registry, with all its versions. */
export type ModelLatestVersionArgs = {
  stage?: InputMaybe<Scalars['String']['input']>;
};


/** A named model of one registry, with all its versions. */
export type ModelTagArgs = {
  key: Scalars['String']['input'];
};


/** A named model of one registry, with all its versions. */
export type ModelTagsArgs = {
  keys?: InputMaybe<Array<Scalars['String']['input']>>;
};


/** A named model of one registry, with all its versions. */
export type ModelVersionArgs = {
  version: Scalars['String']['input'];
};


/** A named model of one registry, with all its versions. */
export type ModelVersionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  includeArchived?: InputMaybe<Scalars['Boolean']['input']>;
  orderBy?: InputMaybe<Array<ModelVersionOrder>>;
  where?: InputMaybe<ModelVersionFilter>;
};

/** One page of models, and how each registry answered. */
export type ModelConnection = {
  /**
   * Whether every source is OK. A registry that failed on one page is not caught up with on a later one: that page and
   * all after it are not complete.
   */
  complete: Scalars['Boolean']['output'];
  /** The models of this page, each with its cursor. */
  edges: Array<ModelEdge>;
  /** The models of this page. */
  nodes: Array<Model>;
  /** Where this page lies in the whole list. */
  pageInfo: PageInfo;
  /** One entry for each selected registry, in the order of the configuration. */
  sources: Array<SourceStatus>;
  /** How many models there are on all pages: exact, or null. It never costs a request of its own. */
  totalCount: Maybe<Scalars['Int']['output']>;
};

/** A model in a list. */
export type ModelEdge = {
  /** Its place in the list, to be given as `after`. */
  cursor: Scalars['String']['output'];
  /** The model. */
  node: Model;
};

/**
 * Which models are wanted. Fields of one object must all hold; `{}` takes every model. The answer is the same on every
 * kind of registry: what a backend cannot filter, the gateway does.
 */
export type ModelFilter = {
  /** Of some one of its aliases. */
  alias?: InputMaybe<StringFilter>;
  /** All of these hold; an empty list takes every model. */
  and?: InputMaybe<Array<ModelFilter>>;
  /** Of when it was created. */
  createdAt?: InputMaybe<DateTimeFilter>;
  /** Of its description. */
  description?: InputMaybe<StringFilter>;
  /** Of its name. */
  name?: InputMaybe<StringFilter>;
  /** This does not hold. */
  not?: InputMaybe<ModelFilter>;
  /** At least one of these holds; an empty list takes no model. */
  or?: InputMaybe<Array<ModelFilter>>;
  /** Of one of its tags. */
  tag?: InputMaybe<TagFilter>;
  /** Of when it was changed last. */
  updatedAt?: InputMaybe<DateTimeFilter>;
};

/** Models of one group. */
export type ModelGroup = {
  /** The tag's value, or the part of the name; null: the models without it. */
  key: Maybe<Scalars['String']['output']>;
  /** How many there are. */
  models: Scalars['Int']['output'];
  /** The registries that hold them, in the order of the configuration. */
  registries: Array<Registry>;
};

/** What puts models into one group. */
export type ModelGroupBy =
  /** The part of the name before the first of these separators, such as `.`; an empty one is BAD_USER_INPUT. */
  { nameBefore: Scalars['String']['input']; tag?: never; }
  |  /** The value of the tag of this key; case-sensitive. */
  { nameBefore?: never; tag: Scalars['String']['input']; };

/** Models by groups, and how far the catalog knows each registry. */
export type ModelGroups = {
  /** Whether every source is OK. */
  complete: Scalars['Boolean']['output'];
  /** The largest first; among equals by key, and models without it last. */
  groups: Array<ModelGroup>;
  /** One entry for each selected registry, in the order of the configuration. */
  sources: Array<SourceStatus>;
};

/** A model by its names. */
export type ModelKey = {
  /** The model's name; case-sensitive. */
  name: Scalars['String']['input'];
  /** The registry's name; an unknown one is BAD_USER_INPUT. */
  registry: Scalars['String']['input'];
};

/** One key that models are sorted by. */
export type ModelOrder = {
  /** Which way. */
  direction?: InputMaybe<Direction>;
  /** What to sort by. */
  field: ModelOrderField;
};

/** What models can be sorted by. */
export type ModelOrderField =
  /** When it was created. */
  | 'CREATED_AT'
  /** The name, by Unicode code point. */
  | 'NAME'
  /** When it was changed last. */
  | 'UPDATED_AT';

/** A model that was written. */
export type ModelPayload = {
  /** As it is now. */
  model: Maybe<Model>;
};

/** Names a model. */
export type ModelRef =
  /** By its id. */
  { id: Scalars['ID']['input']; key?: never; }
  |  /** By its names. */
  { id?: never; key: ModelKey; };

/** A version by a model URI. */
export type ModelUriRef = {
  /** The registry's name, needed when the URI has no authority. */
  registry?: InputMaybe<Scalars['String']['input']>;
  /** The URI, such as `models:/name@champion`. */
  uri: Scalars['String']['input'];
};

/** One version of a model. What it was made from never changes; description, tags, aliases and stage may. */
export type ModelVersion = Node & {
  /** The aliases of its model that point to it, sorted by name; empty where the registry knows no aliases. */
  aliases: Maybe<Array<Alias>>;
  /** Where its files are, every indirection resolved. */
  artifactUri: Maybe<Scalars['String']['output']>;
  /** Its files, one folder at a time, sorted by path; null when there is no such folder. */
  artifacts: Maybe<ArtifactConnection>;
  /**
   * The version it was copied from, one hop back, in whichever registry. Null when it is no copy, or the version is gone,
   * also when another one has its name by now.
   */
  copiedFrom: Maybe<ModelVersion>;
  /**
   * The versions that were copied from it, one hop on, in all registries; by model and version, archived ones among them.
   * From the catalog.
   */
  copies: Maybe<ModelVersionConnection>;
  /** When it was created; null when the registry does not keep it. */
  createdAt: Maybe<Scalars['DateTime']['output']>;
  /** Who created it, as the registry names people; null when it does not keep it. */
  createdBy: Maybe<Scalars['String']['output']>;
  /** What people say of it; null when it is empty. */
  description: Maybe<Scalars['String']['output']>;
  /** `sha256-v2:…` over all its files, where the gateway copied or keeps them, else null. */
  digest: Maybe<Scalars['String']['output']>;
  /** What happened to it, in the order of the log. */
  events: Maybe<EventConnection>;
  /** Opaque; another one after a rename of the model. */
  id: Scalars['ID']['output'];
  /** All hops back to the origin, the nearest first; at most 32. Empty when it is no copy. */
  lineage: Maybe<Array<LineageHop>>;
  /** The last value of one metric of its run; null when there is none, or when it is not a finite number. */
  metric: Maybe<Scalars['Float']['output']>;
  /** The metrics of its run, sorted by key; null when it has no run. */
  metrics: Maybe<Array<Metric>>;
  /** The model it is a version of. */
  model: Maybe<Model>;
  /** The model's name; costs no request. */
  modelName: Scalars['String']['output'];
  /** The value of one param of its run; null when there is none. */
  param: Maybe<Scalars['String']['output']>;
  /** The params of its run, sorted by key; null when it has no run. */
  params: Maybe<Array<Param>>;
  /** The registry that holds it. */
  registry: Registry;
  /**
   * The run it came from. Of a copy without one of its own, that of the nearest version in its lineage that has one, in
   * whichever registry: `run.registry` says whose it is. Null when there is none or it is gone.
   */
  run: Maybe<Run>;
  /** The run it came from, also when that run is gone; null when none was given. Costs no request. */
  runId: Maybe<Scalars['String']['output']>;
  /**
   * The bytes of all its files, where the gateway copied or keeps them, else null; files are never listed for it. INDEXED:
   * also where a sync has counted them.
   */
  sizeBytes: Maybe<Scalars['Float']['output']>;
  /**
   * What it was made from, as given when it was created. Of a copy, the URI of its source: `models:/…`, or
   * `models://registry/…` when that is in another registry.
   */
  source: Maybe<Scalars['String']['output']>;
  /**
   * Its stage in the registry's spelling: None, Staging, Production, Archived, Unregistered, or a custom one. `None` when
   * it has none, null when the registry knows no stages.
   */
  stage: Maybe<Scalars['String']['output']>;
  /** Whether it can be used. */
  status: Maybe<VersionStatus>;
  /** What the registry says of the status; null when it says nothing. */
  statusMessage: Maybe<Scalars['String']['output']>;
  /** The value of one tag; null when it has no such tag. */
  tag: Maybe<Scalars['String']['output']>;
  /** Its tags, sorted by key. Tags by which a registry keeps aliases, stages and origins are not among them. */
  tags: Maybe<Array<Tag>>;
  /** When it was changed last, as the registry keeps it: setting a tag or an alias need not move it. */
  updatedAt: Maybe<Scalars['DateTime']['output']>;
  /** Its number, or its name where versions need not be integers; unique within the model. */
  version: Scalars['String']['output'];
};


/** One version of a model. What it was made from never changes; description, tags, aliases and stage may. */
export type ModelVersionArtifactsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  path?: InputMaybe<Scalars['String']['input']>;
};


/** One version of a model. What it was made from never changes; description, tags, aliases and stage may. */
export type ModelVersionCopiesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** One version of a model. What it was made from never changes; description, tags, aliases and stage may. */
export type ModelVersionEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  direction?: InputMaybe<Direction>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** One version of a model. What it was made from never changes; description, tags, aliases and stage may. */
export type ModelVersionMetricArgs = {
  key: Scalars['String']['input'];
};


/** One version of a model. What it was made from never changes; description, tags, aliases and stage may. */
export type ModelVersionMetricsArgs = {
  keys?: InputMaybe<Array<Scalars['String']['input']>>;
};


/** One version of a model. What it was made from never changes; description, tags, aliases and stage may. */
export type ModelVersionParamArgs = {
  key: Scalars['String']['input'];
};


/** One version of a model. What it was made from never changes; description, tags, aliases and stage may. */
export type ModelVersionParamsArgs = {
  keys?: InputMaybe<Array<Scalars['String']['input']>>;
};


/** One version of a model. What it was made from never changes; description, tags, aliases and stage may. */
export type ModelVersionTagArgs = {
  key: Scalars['String']['input'];
};


/** One version of a model. What it was made from never changes; description, tags, aliases and stage may. */
export type ModelVersionTagsArgs = {
  keys?: InputMaybe<Array<Scalars['String']['input']>>;
};

/** One page of versions, and how each registry answered. */
export type ModelVersionConnection = {
  /**
   * Whether every source is OK. A registry that failed on one page is not caught up with on a later one: that page and
   * all after it are not complete.
   */
  complete: Scalars['Boolean']['output'];
  /** The versions of this page, each with its cursor. */
  edges: Array<ModelVersionEdge>;
  /** The versions of this page. */
  nodes: Array<ModelVersion>;
  /** Where this page lies in the whole list. */
  pageInfo: PageInfo;
  /** One entry for each selected registry, in the order of the configuration. */
  sources: Array<SourceStatus>;
  /** How many versions there are on all pages: exact, or null. It never costs a request of its own. */
  totalCount: Maybe<Scalars['Int']['output']>;
};

/** A version in a list. */
export type ModelVersionEdge = {
  /** Its place in the list, to be given as `after`. */
  cursor: Scalars['String']['output'];
  /** The version. */
  node: ModelVersion;
};

/** Sorting by a field of the version. */
export type ModelVersionFieldOrder = {
  /** What to sort by. */
  by: ModelVersionOrderField;
  /** Which way. */
  direction?: InputMaybe<Direction>;
};

/**
 * Which versions are wanted. Fields of one object must all hold; `{}` takes every version. Archived versions need
 * `includeArchived` as well, also when `stage` asks for them.
 */
export type ModelVersionFilter = {
  /** Of some one of the aliases that point to it. */
  alias?: InputMaybe<StringFilter>;
  /** All of these hold; an empty list takes every version. */
  and?: InputMaybe<Array<ModelVersionFilter>>;
  /** Of when it was created. */
  createdAt?: InputMaybe<DateTimeFilter>;
  /** Of its description. */
  description?: InputMaybe<StringFilter>;
  /** Of one metric of its run. */
  metric?: InputMaybe<MetricFilter>;
  /** Of its model's name. */
  model?: InputMaybe<StringFilter>;
  /** This does not hold. */
  not?: InputMaybe<ModelVersionFilter>;
  /** At least one of these holds; an empty list takes no version. */
  or?: InputMaybe<Array<ModelVersionFilter>>;
  /** Of one param of its run. */
  param?: InputMaybe<ParamFilter>;
  /** Of the id of the run it came from. */
  runId?: InputMaybe<StringFilter>;
  /** Of what it was made from. */
  source?: InputMaybe<StringFilter>;
  /** Of its stage, which is found in any case. */
  stage?: InputMaybe<StringFilter>;
  /** Its status is one of these; an empty list takes no version. */
  status?: InputMaybe<Array<VersionStatus>>;
  /** Of one of its tags. */
  tag?: InputMaybe<TagFilter>;
  /** Of when it was changed last. */
  updatedAt?: InputMaybe<DateTimeFilter>;
  /** Of its number or name, as a text. */
  version?: InputMaybe<StringFilter>;
};

/** A version by its names. */
export type ModelVersionKey = {
  /** The model's name; case-sensitive. */
  model: Scalars['String']['input'];
  /** The registry's name; an unknown one is BAD_USER_INPUT. */
  registry: Scalars['String']['input'];
  /** The version, such as `3`. */
  version: Scalars['String']['input'];
};

/** One key that versions are sorted by: a field of the version, or a metric of its run. */
export type ModelVersionOrder =
  /** A field of the version. */
  { field: ModelVersionFieldOrder; metric?: never; }
  |  /** A metric of its run. */
  { field?: never; metric: MetricOrder; };

/** What versions can be sorted by. */
export type ModelVersionOrderField =
  /** When it was created. */
  | 'CREATED_AT'
  /** How long its run took; of a copy without a run of its own, that of its origin. */
  | 'DURATION'
  /** The model's name, by Unicode code point. */
  | 'MODEL'
  /** The bytes of all its files, where they are known. */
  | 'SIZE'
  /** When it was changed last. */
  | 'UPDATED_AT'
  /** Integers by value, before all other versions by Unicode code point. */
  | 'VERSION';

/** A version that was written. */
export type ModelVersionPayload = {
  /** As it is now. */
  modelVersion: Maybe<ModelVersion>;
};

/** Points at one version, in one of four ways. */
export type ModelVersionRef =
  /** By an alias of its model. */
  { alias: AliasKey; id?: never; key?: never; uri?: never; }
  |  /** By the `id` that the gateway handed out. */
  { alias?: never; id: Scalars['ID']['input']; key?: never; uri?: never; }
  |  /** By registry, model and version. */
  { alias?: never; id?: never; key: ModelVersionKey; uri?: never; }
  |  /** By a model URI, as in `resolveModelUri`. */
  { alias?: never; id?: never; key?: never; uri: ModelUriRef; };

/**
 * Writes, one after the other in the order of the document. A field is null when nothing was written, or, with
 * REGISTRY_TIMEOUT, REGISTRY_UNAVAILABLE or REGISTRY_ERROR, perhaps nothing: the message says when that is not known. A
 * payload whose inner field is null was written and could not be read back. What a payload holds is read from the
 * registry after the write. A read-only registry, or one that cannot do it, is UNSUPPORTED; what a backend refuses is
 * BAD_USER_INPUT with the rule in words, and then nothing was written.
 */
export type Mutation = {
  /** Points an alias to the highest version in a stage; NOT_FOUND when the stage is empty. It does not follow later. */
  assignAliasToStage: Maybe<AliasPayload>;
  /**
   * Copies a version. Within a registry: as the registry itself copies, or by a version whose source is the
   * `models:/name/version` URI of the original. To another registry: see `ArtifactMode`; the origin is kept in the version
   * tag `modelgate.copied_from`, and reads back as the copy's source. Tags and description go along, aliases and stage do
   * not. A copy that fails leaves no version.
   */
  copyModelVersion: Maybe<CopyModelVersionPayload>;
  /** Makes a model without versions. ALREADY_EXISTS when the name is taken. */
  createModel: Maybe<ModelPayload>;
  /** Registers a version. It gets the next number, and no number is given twice. */
  createModelVersion: Maybe<ModelVersionPayload>;
  /** Takes an alias away. One that is not there is no error, unless a holder is expected. */
  deleteAlias: Maybe<DeleteAliasPayload>;
  /** Deletes a model with all its versions, whatever their stages. */
  deleteModel: Maybe<DeletePayload>;
  /** Deletes these tags of a model. A key that is not there is no error. */
  deleteModelTags: Maybe<ModelPayload>;
  /** Deletes a version, its tags and the aliases that point to it. */
  deleteModelVersion: Maybe<DeletePayload>;
  /** Deletes these tags of a version. A key that is not there is no error. */
  deleteModelVersionTags: Maybe<ModelVersionPayload>;
  /** Takes a grant away, so that the next one that matches counts. NOT_FOUND when there is no such grant. */
  removePermission: Maybe<PermissionPayload>;
  /**
   * Gives a model another name; versions, tags and aliases stay. Its ids change, and URIs that name it lead nowhere.
   * ALREADY_EXISTS when the name is taken.
   */
  renameModel: Maybe<ModelPayload>;
  /**
   * Points an alias of a model to a version, wherever it pointed before. With `expectedVersion` it moves only from there,
   * with `onlyIfUnset` only when nobody holds it; else CONFLICT, with the holder as `extensions.current`.
   */
  setAlias: Maybe<AliasPayload>;
  /** Sets these tags of a model and leaves the others. */
  setModelTags: Maybe<ModelPayload>;
  /** Sets these tags of a version and leaves the others. */
  setModelVersionTags: Maybe<ModelVersionPayload>;
  /**
   * Grants a permission, in place of what was granted to the same principal at the same place. On one model that takes
   * MANAGE on it, on a pattern or on all registries an administrator. What stands in the configuration is changed there
   * only: UNSUPPORTED.
   */
  setPermission: Maybe<PermissionPayload>;
  /**
   * Moves a version to another stage. With `expectedStage` only from there, else CONFLICT, with the stage it is in as
   * `extensions.current`.
   */
  transitionStage: Maybe<TransitionPayload>;
  /** Changes a model's description. NOT_FOUND when there is no such model. */
  updateModel: Maybe<ModelPayload>;
  /** Changes a version's description. */
  updateModelVersion: Maybe<ModelVersionPayload>;
};


/**
 * Writes, one after the other in the order of the document. A field is null when nothing was written, or, with
 * REGISTRY_TIMEOUT, REGISTRY_UNAVAILABLE or REGISTRY_ERROR, perhaps nothing: the message says when that is not known. A
 * payload whose inner field is null was written and could not be read back. What a payload holds is read from the
 * registry after the write. A read-only registry, or one that cannot do it, is UNSUPPORTED; what a backend refuses is
 * BAD_USER_INPUT with the rule in words, and then nothing was written.
 */
export type MutationAssignAliasToStageArgs = {
  input: AssignAliasToStageInput;
};


/**
 * Writes, one after the other in the order of the document. A field is null when nothing was written, or, with
 * REGISTRY_TIMEOUT, REGISTRY_UNAVAILABLE or REGISTRY_ERROR, perhaps nothing: the message says when that is not known. A
 * payload whose inner field is null was written and could not be read back. What a payload holds is read from the
 * registry after the write. A read-only registry, or one that cannot do it, is UNSUPPORTED; what a backend refuses is
 * BAD_USER_INPUT with the rule in words, and then nothing was written.
 */
export type MutationCopyModelVersionArgs = {
  input: CopyModelVersionInput;
};


/**
 * Writes, one after the other in the order of the document. A field is null when nothing was written, or, with
 * REGISTRY_TIMEOUT, REGISTRY_UNAVAILABLE or REGISTRY_ERROR, perhaps nothing: the message says when that is not known. A
 * payload whose inner field is null was written and could not be read back. What a payload holds is read from the
 * registry after the write. A read-only registry, or one that cannot do it, is UNSUPPORTED; what a backend refuses is
 * BAD_USER_INPUT with the rule in words, and then nothing was written.
 */
export type MutationCreateModelArgs = {
  input: CreateModelInput;
};


/**
 * Writes, one after the other in the order of the document. A field is null when nothing was written, or, with
 * REGISTRY_TIMEOUT, REGISTRY_UNAVAILABLE or REGISTRY_ERROR, perhaps nothing: the message says when that is not known. A
 * payload whose inner field is null was written and could not be read back. What a payload holds is read from the
 * registry after the write. A read-only registry, or one that cannot do it, is UNSUPPORTED; what a backend refuses is
 * BAD_USER_INPUT with the rule in words, and then nothing was written.
 */
export type MutationCreateModelVersionArgs = {
  input: CreateModelVersionInput;
};


/**
 * Writes, one after the other in the order of the document. A field is null when nothing was written, or, with
 * REGISTRY_TIMEOUT, REGISTRY_UNAVAILABLE or REGISTRY_ERROR, perhaps nothing: the message says when that is not known. A
 * payload whose inner field is null was written and could not be read back. What a payload holds is read from the
 * registry after the write. A read-only registry, or one that cannot do it, is UNSUPPORTED; what a backend refuses is
 * BAD_USER_INPUT with the rule in words, and then nothing was written.
 */
export type MutationDeleteAliasArgs = {
  input: DeleteAliasInput;
};


/**
 * Writes, one after the other in the order of the document. A field is null when nothing was written, or, with
 * REGISTRY_TIMEOUT, REGISTRY_UNAVAILABLE or REGISTRY_ERROR, perhaps nothing: the message says when that is not known. A
 * payload whose inner field is null was written and could not be read back. What a payload holds is read from the
 * registry after the write. A read-only registry, or one that cannot do it, is UNSUPPORTED; what a backend refuses is
 * BAD_USER_INPUT with the rule in words, and then nothing was written.
 */
export type MutationDeleteModelArgs = {
  input: DeleteModelInput;
};


/**
 * Writes, one after the other in the order of the document. A field is null when nothing was written, or, with
 * REGISTRY_TIMEOUT, REGISTRY_UNAVAILABLE or REGISTRY_ERROR, perhaps nothing: the message says when that is not known. A
 * payload whose inner field is null was written and could not be read back. What a payload holds is read from the
 * registry after the write. A read-only registry, or one that cannot do it, is UNSUPPORTED; what a backend refuses is
 * BAD_USER_INPUT with the rule in words, and then nothing was written.
 */
export type MutationDeleteModelTagsArgs = {
  input: DeleteModelTagsInput;
};


/**
 * Writes, one after the other in the order of the document. A field is null when nothing was written, or, with
 * REGISTRY_TIMEOUT, REGISTRY_UNAVAILABLE or REGISTRY_ERROR, perhaps nothing: the message says when that is not known. A
 * payload whose inner field is null was written and could not be read back. What a payload holds is read from the
 * registry after the write. A read-only registry, or one that cannot do it, is UNSUPPORTED; what a backend refuses is
 * BAD_USER_INPUT with the rule in words, and then nothing was written.
 */
export type MutationDeleteModelVersionArgs = {
  input: DeleteModelVersionInput;
};


/**
 * Writes, one after the other in the order of the document. A field is null when nothing was written, or, with
 * REGISTRY_TIMEOUT, REGISTRY_UNAVAILABLE or REGISTRY_ERROR, perhaps nothing: the message says when that is not known. A
 * payload whose inner field is null was written and could not be read back. What a payload holds is read from the
 * registry after the write. A read-only registry, or one that cannot do it, is UNSUPPORTED; what a backend refuses is
 * BAD_USER_INPUT with the rule in words, and then nothing was written.
 */
export type MutationDeleteModelVersionTagsArgs = {
  input: DeleteModelVersionTagsInput;
};


/**
 * Writes, one after the other in the order of the document. A field is null when nothing was written, or, with
 * REGISTRY_TIMEOUT, REGISTRY_UNAVAILABLE or REGISTRY_ERROR, perhaps nothing: the message says when that is not known. A
 * payload whose inner field is null was written and could not be read back. What a payload holds is read from the
 * registry after the write. A read-only registry, or one that cannot do it, is UNSUPPORTED; what a backend refuses is
 * BAD_USER_INPUT with the rule in words, and then nothing was written.
 */
export type MutationRemovePermissionArgs = {
  input: RemovePermissionInput;
};


/**
 * Writes, one after the other in the order of the document. A field is null when nothing was written, or, with
 * REGISTRY_TIMEOUT, REGISTRY_UNAVAILABLE or REGISTRY_ERROR, perhaps nothing: the message says when that is not known. A
 * payload whose inner field is null was written and could not be read back. What a payload holds is read from the
 * registry after the write. A read-only registry, or one that cannot do it, is UNSUPPORTED; what a backend refuses is
 * BAD_USER_INPUT with the rule in words, and then nothing was written.
 */
export type MutationRenameModelArgs = {
  input: RenameModelInput;
};


/**
 * Writes, one after the other in the order of the document. A field is null when nothing was written, or, with
 * REGISTRY_TIMEOUT, REGISTRY_UNAVAILABLE or REGISTRY_ERROR, perhaps nothing: the message says when that is not known. A
 * payload whose inner field is null was written and could not be read back. What a payload holds is read from the
 * registry after the write. A read-only registry, or one that cannot do it, is UNSUPPORTED; what a backend refuses is
 * BAD_USER_INPUT with the rule in words, and then nothing was written.
 */
export type MutationSetAliasArgs = {
  input: SetAliasInput;
};


/**
 * Writes, one after the other in the order of the document. A field is null when nothing was written, or, with
 * REGISTRY_TIMEOUT, REGISTRY_UNAVAILABLE or REGISTRY_ERROR, perhaps nothing: the message says when that is not known. A
 * payload whose inner field is null was written and could not be read back. What a payload holds is read from the
 * registry after the write. A read-only registry, or one that cannot do it, is UNSUPPORTED; what a backend refuses is
 * BAD_USER_INPUT with the rule in words, and then nothing was written.
 */
export type MutationSetModelTagsArgs = {
  input: SetModelTagsInput;
};


/**
 * Writes, one after the other in the order of the document. A field is null when nothing was written, or, with
 * REGISTRY_TIMEOUT, REGISTRY_UNAVAILABLE or REGISTRY_ERROR, perhaps nothing: the message says when that is not known. A
 * payload whose inner field is null was written and could not be read back. What a payload holds is read from the
 * registry after the write. A read-only registry, or one that cannot do it, is UNSUPPORTED; what a backend refuses is
 * BAD_USER_INPUT with the rule in words, and then nothing was written.
 */
export type MutationSetModelVersionTagsArgs = {
  input: SetModelVersionTagsInput;
};


/**
 * Writes, one after the other in the order of the document. A field is null when nothing was written, or, with
 * REGISTRY_TIMEOUT, REGISTRY_UNAVAILABLE or REGISTRY_ERROR, perhaps nothing: the message says when that is not known. A
 * payload whose inner field is null was written and could not be read back. What a payload holds is read from the
 * registry after the write. A read-only registry, or one that cannot do it, is UNSUPPORTED; what a backend refuses is
 * BAD_USER_INPUT with the rule in words, and then nothing was written.
 */
export type MutationSetPermissionArgs = {
  input: SetPermissionInput;
};


/**
 * Writes, one after the other in the order of the document. A field is null when nothing was written, or, with
 * REGISTRY_TIMEOUT, REGISTRY_UNAVAILABLE or REGISTRY_ERROR, perhaps nothing: the message says when that is not known. A
 * payload whose inner field is null was written and could not be read back. What a payload holds is read from the
 * registry after the write. A read-only registry, or one that cannot do it, is UNSUPPORTED; what a backend refuses is
 * BAD_USER_INPUT with the rule in words, and then nothing was written.
 */
export type MutationTransitionStageArgs = {
  input: TransitionStageInput;
};


/**
 * Writes, one after the other in the order of the document. A field is null when nothing was written, or, with
 * REGISTRY_TIMEOUT, REGISTRY_UNAVAILABLE or REGISTRY_ERROR, perhaps nothing: the message says when that is not known. A
 * payload whose inner field is null was written and could not be read back. What a payload holds is read from the
 * registry after the write. A read-only registry, or one that cannot do it, is UNSUPPORTED; what a backend refuses is
 * BAD_USER_INPUT with the rule in words, and then nothing was written.
 */
export type MutationUpdateModelArgs = {
  input: UpdateModelInput;
};


/**
 * Writes, one after the other in the order of the document. A field is null when nothing was written, or, with
 * REGISTRY_TIMEOUT, REGISTRY_UNAVAILABLE or REGISTRY_ERROR, perhaps nothing: the message says when that is not known. A
 * payload whose inner field is null was written and could not be read back. What a payload holds is read from the
 * registry after the write. A read-only registry, or one that cannot do it, is UNSUPPORTED; what a backend refuses is
 * BAD_USER_INPUT with the rule in words, and then nothing was written.
 */
export type MutationUpdateModelVersionArgs = {
  input: UpdateModelVersionInput;
};

/**
 * What names and values a registry accepts. Patterns are ECMAScript regular expressions with the `u` flag and hold of the
 * whole text. Whatever a registry says, `latest` in any case and `v` followed by digits are never aliases.
 */
export type NamingRules = {
  /** What an alias may be called; null: anything, or not known. */
  alias: Maybe<Scalars['String']['output']>;
  /** What a model may be called; null: anything, or not known. */
  modelName: Maybe<Scalars['String']['output']>;
  /** What the key of a tag may be; null: anything, or not known. */
  tagKey: Maybe<Scalars['String']['output']>;
  /** The longest value of a tag, as the registry counts: in code points on MLflow; null: no limit, or not known. */
  tagValueMaxLength: Maybe<Scalars['Int']['output']>;
};

/** Anything that has an identity of its own and can be fetched again by it. */
export type Node = {
  /**
   * Opaque, unique across all registries, made from the type, the registry and the names: the same after a restart and
   * on every replica of the gateway, another one after a rename, or when the registry is renamed in the configuration.
   */
  id: Scalars['ID']['output'];
};

/** The values of a metric that JSON numbers cannot express. */
export type NonFinite =
  /** Above every number. */
  | 'INFINITY'
  /** Not a number. */
  | 'NAN'
  /** Below every number. */
  | 'NEGATIVE_INFINITY';

/** One number on both sides. */
export type NumberDiff = {
  /** What happened to it on the way from one side to the other. */
  change: DiffChange;
  /** `to` minus `from`; null unless both are finite numbers. */
  delta: Maybe<Scalars['Float']['output']>;
  /** Its value in `from`; null when it is not there, or is not a finite number. */
  from: Maybe<Scalars['Float']['output']>;
  /** The metric's key, or the name of the field. */
  key: Scalars['String']['output'];
  /** Its value in `to`; null when it is not there, or is not a finite number. */
  to: Maybe<Scalars['Float']['output']>;
};

/** Where a page lies in the whole list. Paging goes forward only. */
export type PageInfo = {
  /**
   * The cursor of the last row of this page, to be given as `after` for the next one. When the page is empty it is null,
   * or, where a registry did not answer, the cursor that was given: by it the list goes on when the registry is back.
   */
  endCursor: Maybe<Scalars['String']['output']>;
  /** Whether there is anything after this page. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether `after` was given: says nothing of what lies before. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** The cursor of the first row of this page; null when the page is empty. */
  startCursor: Maybe<Scalars['String']['output']>;
};

/** A setting the run was started with. */
export type Param = {
  /** Unique within the run; case-sensitive. */
  key: Scalars['String']['output'];
  /** Always a text, whatever it stands for. */
  value: Scalars['String']['output'];
};

/** Tests of one param of a version's run. */
export type ParamFilter = {
  /** The param's key; case-sensitive. */
  key: Scalars['String']['input'];
  /** What must hold of its value. */
  value: StringFilter;
};

/**
 * What one may do on a model. Each holds those before it. Which grant counts: the exact model before patterns, longer
 * patterns before shorter, a named registry before `*`, then one's own before groups; among equals of one's groups the
 * highest, among equal patterns of one principal the lowest; then the default of the configuration.
 */
export type Permission =
  /** Add versions, change descriptions and tags. */
  | 'EDIT'
  /** Rename and delete, move stages and aliases, change permissions. */
  | 'MANAGE'
  /** It is not there. */
  | 'NO_PERMISSIONS'
  /** See it, its versions and their files; copy from it. */
  | 'READ';

/** What somebody is allowed to do. */
export type PermissionGrant = {
  /** A model's name, or a pattern: `*` stands for any text, `\*` for itself. */
  model: Scalars['String']['output'];
  /** What is granted. */
  permission: Permission;
  /** `user:NAME`, `group:NAME` or `token:NAME`. */
  principal: Scalars['String']['output'];
  /** A registry's name, or `*` for all. */
  registry: Scalars['String']['output'];
};

/** A page of grants. */
export type PermissionGrantConnection = {
  /** With their cursors. */
  edges: Array<PermissionGrantEdge>;
  /** Without them. */
  nodes: Array<PermissionGrant>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** A grant in a list. */
export type PermissionGrantEdge = {
  /** Where it stands in the list. */
  cursor: Scalars['String']['output'];
  /** The grant. */
  node: PermissionGrant;
};

/** What was granted. */
export type PermissionPayload = {
  /** The grant; of a removal, what it was. */
  grant: PermissionGrant;
};

/**
 * Everything that can be read. What the gateway makes itself is non-null; whatever asks a registry is nullable, so that
 * one failure empties its own field only and is told in `errors`, or, on lists over several registries, in `sources`.
 */
export type Query = {
  /**
   * Flat rows for table tools, such as Grafana: a row for each cell of the alias matrix of every logical model, in one
   * request without nesting. By logical model, then lowest environment first.
   */
  aliasReport: Maybe<AliasReport>;
  /** What happened, oldest first: in the order in which the gateway noted it, which is that of cursors. */
  changes: Maybe<EventConnection>;
  /** Two versions side by side, wherever they are. A version that is not there leaves its side null. */
  compareVersions: Maybe<VersionDiff>;
  /**
   * What is another in one environment than in the other, by logical model: of the holders of an alias there. Of more than
   * 5000 findings nothing is told but LIMIT_EXCEEDED; narrow them by `where`.
   */
  drift: Maybe<Array<DriftFinding>>;
  /** The ladder of environments, lowest rank (such as dev) first. */
  environments: Array<Environment>;
  /**
   * One business model in all its environments. Which models belong together comes from the catalog in either mode; null
   * when none does that the caller may see.
   */
  logicalModel: Maybe<LogicalModel>;
  /** The logical models, by name. Which models belong together comes from the catalog in either mode. */
  logicalModels: Maybe<LogicalModelConnection>;
  /** One model; null when it is not there or is hidden from the caller. */
  model: Maybe<Model>;
  /**
   * How many models there are for each value of a tag, or for each first part of their names, over all selected
   * registries; from the catalog. Archived models, and models that are hidden from the caller, are not counted.
   */
  modelGroups: Maybe<ModelGroups>;
  /** One version; null when it is not there or is hidden from the caller. */
  modelVersion: Maybe<ModelVersion>;
  /**
   * The versions of all models of all selected registries as one globally ordered list; see `models` for how registries
   * are asked. Null only when the arguments are wrong.
   */
  modelVersions: Maybe<ModelVersionConnection>;
  /**
   * The models of all selected registries as one globally ordered list. Registries are asked at the same time, each until
   * its own deadline; what one of them cannot give is missing from the list and told in `sources`. Null only when the
   * arguments are wrong.
   */
  models: Maybe<ModelConnection>;
  /**
   * The object with this id. Null when there is no such object, when it is hidden from the caller, and when the id is
   * malformed.
   */
  node: Maybe<Node>;
  /**
   * The objects with these ids, in the same order and one for each: null where `node` would be null. At most 500 ids,
   * else BAD_USER_INPUT.
   */
  nodes: Array<Maybe<Node>>;
  /**
   * Who may do what: grants of the configuration and of `setPermission` together, by registry, model and principal. One
   * sees those that one may change: on models that one manages, and administrators all of them.
   */
  permissions: Maybe<PermissionGrantConnection>;
  /** The configured registries, in the order of the configuration. Asks no registry anything unless the selection does. */
  registries: Array<Registry>;
  /** The configured registry of this name. An unknown name is BAD_USER_INPUT. */
  registry: Maybe<Registry>;
  /**
   * The version a model URI means: `models:/name/3`, `models:/name@alias`, `models:/name/Stage`, `models:/name/latest`.
   * The URI is taken verbatim, nothing in it is percent-decoded. The last `@` or `/` ends the name. After `@` stands
   * `latest` or an alias. After `/`: digits and `version:NAME` are a version, then `latest`, then a stage of that registry (its highest
   * VERSION), then, where versions need not be integers, a version. Null when it is well formed and not there; anything
   * else is BAD_USER_INPUT.
   */
  resolveModelUri: Maybe<ModelVersion>;
  /**
   * Models and versions by their words, the best first: names, descriptions, keys and values of tags, aliases, names of runs
   * and params. Always from the catalog. Every word has to be there, the last one may be a beginning, as you type; where
   * nothing has them, words that may be mistyped are mended. A version is a hit by what is its own, not by its model's name; a
   * model by what is its own, and what its newest version and those that hold an alias say. Null only when the arguments are
   * wrong, or the catalog cannot be read.
   */
  search: Maybe<SearchConnection>;
  /** Who asks, as the gateway understands it. */
  viewer: Viewer;
};


/**
 * Everything that can be read. What the gateway makes itself is non-null; whatever asks a registry is nullable, so that
 * one failure empties its own field only and is told in `errors`, or, on lists over several registries, in `sources`.
 */
export type QueryAliasReportArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  alias: Scalars['String']['input'];
  environments?: InputMaybe<Array<Scalars['String']['input']>>;
  first?: InputMaybe<Scalars['Int']['input']>;
  metric?: InputMaybe<Scalars['String']['input']>;
  read?: InputMaybe<ReadMode>;
  where?: InputMaybe<LogicalModelFilter>;
};


/**
 * Everything that can be read. What the gateway makes itself is non-null; whatever asks a registry is nullable, so that
 * one failure empties its own field only and is told in `errors`, or, on lists over several registries, in `sources`.
 */
export type QueryChangesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  from?: InputMaybe<Scalars['DateTime']['input']>;
  since?: InputMaybe<Scalars['String']['input']>;
  to?: InputMaybe<Scalars['DateTime']['input']>;
  where?: InputMaybe<EventFilter>;
};


/**
 * Everything that can be read. What the gateway makes itself is non-null; whatever asks a registry is nullable, so that
 * one failure empties its own field only and is told in `errors`, or, on lists over several registries, in `sources`.
 */
export type QueryCompareVersionsArgs = {
  from: ModelVersionRef;
  to: ModelVersionRef;
};


/**
 * Everything that can be read. What the gateway makes itself is non-null; whatever asks a registry is nullable, so that
 * one failure empties its own field only and is told in `errors`, or, on lists over several registries, in `sources`.
 */
export type QueryDriftArgs = {
  alias: Scalars['String']['input'];
  from: Scalars['String']['input'];
  read?: InputMaybe<ReadMode>;
  to: Scalars['String']['input'];
  where?: InputMaybe<LogicalModelFilter>;
};


/**
 * Everything that can be read. What the gateway makes itself is non-null; whatever asks a registry is nullable, so that
 * one failure empties its own field only and is told in `errors`, or, on lists over several registries, in `sources`.
 */
export type QueryLogicalModelArgs = {
  name: Scalars['String']['input'];
  read?: InputMaybe<ReadMode>;
};


/**
 * Everything that can be read. What the gateway makes itself is non-null; whatever asks a registry is nullable, so that
 * one failure empties its own field only and is told in `errors`, or, on lists over several registries, in `sources`.
 */
export type QueryLogicalModelsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  read?: InputMaybe<ReadMode>;
  where?: InputMaybe<LogicalModelFilter>;
};


/**
 * Everything that can be read. What the gateway makes itself is non-null; whatever asks a registry is nullable, so that
 * one failure empties its own field only and is told in `errors`, or, on lists over several registries, in `sources`.
 */
export type QueryModelArgs = {
  name: Scalars['String']['input'];
  registry: Scalars['String']['input'];
};


/**
 * Everything that can be read. What the gateway makes itself is non-null; whatever asks a registry is nullable, so that
 * one failure empties its own field only and is told in `errors`, or, on lists over several registries, in `sources`.
 */
export type QueryModelGroupsArgs = {
  by: ModelGroupBy;
  environments?: InputMaybe<Array<Scalars['String']['input']>>;
  first?: InputMaybe<Scalars['Int']['input']>;
  registries?: InputMaybe<Array<Scalars['String']['input']>>;
  where?: InputMaybe<ModelFilter>;
};


/**
 * Everything that can be read. What the gateway makes itself is non-null; whatever asks a registry is nullable, so that
 * one failure empties its own field only and is told in `errors`, or, on lists over several registries, in `sources`.
 */
export type QueryModelVersionArgs = {
  model: Scalars['String']['input'];
  registry: Scalars['String']['input'];
  version: Scalars['String']['input'];
};


/**
 * Everything that can be read. What the gateway makes itself is non-null; whatever asks a registry is nullable, so that
 * one failure empties its own field only and is told in `errors`, or, on lists over several registries, in `sources`.
 */
export type QueryModelVersionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  environments?: InputMaybe<Array<Scalars['String']['input']>>;
  first?: InputMaybe<Scalars['Int']['input']>;
  includeArchived?: InputMaybe<Scalars['Boolean']['input']>;
  orderBy?: InputMaybe<Array<ModelVersionOrder>>;
  read?: InputMaybe<ReadMode>;
  registries?: InputMaybe<Array<Scalars['String']['input']>>;
  staleIfError?: InputMaybe<Scalars['Boolean']['input']>;
  where?: InputMaybe<ModelVersionFilter>;
};


/**
 * Everything that can be read. What the gateway makes itself is non-null; whatever asks a registry is nullable, so that
 * one failure empties its own field only and is told in `errors`, or, on lists over several registries, in `sources`.
 */
export type QueryModelsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  environments?: InputMaybe<Array<Scalars['String']['input']>>;
  first?: InputMaybe<Scalars['Int']['input']>;
  includeArchived?: InputMaybe<Scalars['Boolean']['input']>;
  orderBy?: InputMaybe<Array<ModelOrder>>;
  read?: InputMaybe<ReadMode>;
  registries?: InputMaybe<Array<Scalars['String']['input']>>;
  staleIfError?: InputMaybe<Scalars['Boolean']['input']>;
  where?: InputMaybe<ModelFilter>;
};


/**
 * Everything that can be read. What the gateway makes itself is non-null; whatever asks a registry is nullable, so that
 * one failure empties its own field only and is told in `errors`, or, on lists over several registries, in `sources`.
 */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Everything that can be read. What the gateway makes itself is non-null; whatever asks a registry is nullable, so that
 * one failure empties its own field only and is told in `errors`, or, on lists over several registries, in `sources`.
 */
export type QueryNodesArgs = {
  ids: Array<Scalars['ID']['input']>;
};


/**
 * Everything that can be read. What the gateway makes itself is non-null; whatever asks a registry is nullable, so that
 * one failure empties its own field only and is told in `errors`, or, on lists over several registries, in `sources`.
 */
export type QueryPermissionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  principal?: InputMaybe<Scalars['String']['input']>;
  registry?: InputMaybe<Scalars['String']['input']>;
};


/**
 * Everything that can be read. What the gateway makes itself is non-null; whatever asks a registry is nullable, so that
 * one failure empties its own field only and is told in `errors`, or, on lists over several registries, in `sources`.
 */
export type QueryRegistriesArgs = {
  environments?: InputMaybe<Array<Scalars['String']['input']>>;
};


/**
 * Everything that can be read. What the gateway makes itself is non-null; whatever asks a registry is nullable, so that
 * one failure empties its own field only and is told in `errors`, or, on lists over several registries, in `sources`.
 */
export type QueryRegistryArgs = {
  name: Scalars['String']['input'];
};


/**
 * Everything that can be read. What the gateway makes itself is non-null; whatever asks a registry is nullable, so that
 * one failure empties its own field only and is told in `errors`, or, on lists over several registries, in `sources`.
 */
export type QueryResolveModelUriArgs = {
  registry?: InputMaybe<Scalars['String']['input']>;
  uri: Scalars['String']['input'];
};


/**
 * Everything that can be read. What the gateway makes itself is non-null; whatever asks a registry is nullable, so that
 * one failure empties its own field only and is told in `errors`, or, on lists over several registries, in `sources`.
 */
export type QuerySearchArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  environments?: InputMaybe<Array<Scalars['String']['input']>>;
  first?: InputMaybe<Scalars['Int']['input']>;
  includeArchived?: InputMaybe<Scalars['Boolean']['input']>;
  registries?: InputMaybe<Array<Scalars['String']['input']>>;
  text: Scalars['String']['input'];
  where?: InputMaybe<ModelVersionFilter>;
};

/** Where something is read. It holds for everything below the field, too. */
export type ReadMode =
  /** From the gateway's catalog: each source says as of when. Files, and where they are, are asked of the registry. */
  | 'INDEXED'
  /** From each registry, now. */
  | 'LIVE';

/** One configured backend that holds models: an MLflow server, the gateway's local store, or what a plug-in connects. */
export type Registry = Node & {
  /** The kind of backend: `mlflow`, `local`, `azureml`, or the name of a plug-in. */
  adapter: Scalars['String']['output'];
  /** What can be done with this registry; null until it has once been reached. */
  capabilities: Maybe<RegistryCapabilities>;
  /** How far the catalog knows it; null when the configuration leaves it out. */
  catalog: Maybe<CatalogStatus>;
  /**
   * The environment of its models, unless a naming rule says another. Null when the registry has none of its own
   * because the names of its models carry it.
   */
  environment: Maybe<Environment>;
  /** How the registry did when it was last heard of. */
  health: RegistryHealth;
  /** Opaque; another one when the registry is renamed in the configuration. */
  id: Scalars['ID']['output'];
  /** The models of this registry alone, as one ordered list. The arguments mean what they mean on `Query.models`. */
  models: Maybe<ModelConnection>;
  /** Its name in the configuration; unique. */
  name: Scalars['String']['output'];
  /** The version the backend reports of itself; null when it reports none or has not yet been reached. */
  serverVersion: Maybe<Scalars['String']['output']>;
};


/** One configured backend that holds models: an MLflow server, the gateway's local store, or what a plug-in connects. */
export type RegistryModelsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  includeArchived?: InputMaybe<Scalars['Boolean']['input']>;
  orderBy?: InputMaybe<Array<ModelOrder>>;
  read?: InputMaybe<ReadMode>;
  where?: InputMaybe<ModelFilter>;
};

/** What a registry can do, and how each ability comes about. */
export type RegistryCapabilities = {
  /** Names that point to one version each, such as `champion`. */
  aliases: CapabilityLevel;
  /** Listing the files of a version, and copying them to another registry. */
  artifacts: CapabilityLevel;
  /**
   * Changes that only happen when nothing else changed before. EMULATED: this holds among those who write through this
   * gateway, and not for others.
   */
  compareAndSet: CapabilityLevel;
  /** Making a version from another one. */
  copyModelVersion: CapabilityLevel;
  /** Deleting a model with all its versions. */
  deleteModel: CapabilityLevel;
  /** Deleting one version. */
  deleteModelVersion: CapabilityLevel;
  /** What names and values the registry accepts; null when it is not known. */
  naming: Maybe<NamingRules>;
  /**
   * What the registry filters itself, as `field.operator`, such as `name.eq` or `tag.eq`. The gateway does the rest, so
   * this matters for speed only.
   */
  pushedDownFilters: Array<Scalars['String']['output']>;
  /** What the registry sorts by itself, such as `name`; the gateway does the rest. */
  pushedDownOrders: Array<Scalars['String']['output']>;
  /** Giving a model another name. */
  renameModel: CapabilityLevel;
  /** Runs with their metrics and params. */
  runs: CapabilityLevel;
  /** Stages of versions, such as Staging and Production. */
  stages: CapabilityLevel;
  /** Keys with values of models and of versions. NONE: there are none, and none can be set. */
  tags: CapabilityLevel;
  /** Creating and changing models, versions and, unless `tags` is NONE, tags. */
  writes: CapabilityLevel;
};

/** How a registry did when it was last heard of. */
export type RegistryHealth = {
  /** When that was; null when it has never been asked. */
  checkedAt: Maybe<Scalars['DateTime']['output']>;
  /** How long that answer took, in milliseconds; null when there was none. */
  latencyMs: Maybe<Scalars['Float']['output']>;
  /** What is wrong, in words; null when nothing is. */
  message: Maybe<Scalars['String']['output']>;
  /** OK when it answered last time; else the way in which it did not. */
  state: SourceState;
};

/** Which grant to take away. */
export type RemovePermissionInput = {
  /** As it was granted. */
  model: Scalars['String']['input'];
  /** As it was granted. */
  principal: Scalars['String']['input'];
  /** As it was granted. */
  registry: Scalars['String']['input'];
};

/** A new name for a model. */
export type RenameModelInput = {
  /** Which model. */
  model: ModelRef;
  /** See `RegistryCapabilities.naming`. */
  newName: Scalars['String']['input'];
};

/** A training run: what was tried, with what, and how well it did. */
export type Run = Node & {
  /** What it was trained or tested with; null where the registry notes none. */
  datasets: Maybe<Array<RunDataset>>;
  /** From its beginning to its end, in milliseconds; null when either is not known. */
  durationMs: Maybe<Scalars['Float']['output']>;
  /** When it ended; null while it goes on. */
  endedAt: Maybe<Scalars['DateTime']['output']>;
  /** Opaque, unique across all registries. */
  id: Scalars['ID']['output'];
  /** Its metrics, sorted by key. */
  metrics: Maybe<Array<Metric>>;
  /** What people call it; null when it has no name. */
  name: Maybe<Scalars['String']['output']>;
  /** Its params, sorted by key. */
  params: Maybe<Array<Param>>;
  /** The registry that holds it. */
  registry: Registry;
  /** The registry's own id of the run, unique within that registry only. */
  runId: Scalars['String']['output'];
  /** The commit of the code that ran; null when the registry does not note it. */
  sourceCommit: Maybe<Scalars['String']['output']>;
  /** When it began. */
  startedAt: Maybe<Scalars['DateTime']['output']>;
  /** How it went, in the registry's own word, such as FINISHED. */
  status: Maybe<Scalars['String']['output']>;
  /** Its tags, sorted by key; null where the registry keeps none. */
  tags: Maybe<Array<Tag>>;
  /** Where a person can look at it; null when the registry has no page for it. */
  url: Maybe<Scalars['String']['output']>;
};


/** A training run: what was tried, with what, and how well it did. */
export type RunMetricsArgs = {
  keys?: InputMaybe<Array<Scalars['String']['input']>>;
};


/** A training run: what was tried, with what, and how well it did. */
export type RunParamsArgs = {
  keys?: InputMaybe<Array<Scalars['String']['input']>>;
};


/** A training run: what was tried, with what, and how well it did. */
export type RunTagsArgs = {
  keys?: InputMaybe<Array<Scalars['String']['input']>>;
};

/** Data that a run was trained or tested with. */
export type RunDataset = {
  /** Tells it from another one of its name, as the registry makes it; null where it makes none. */
  digest: Maybe<Scalars['String']['output']>;
  /** What people call it. */
  name: Scalars['String']['output'];
  /** Where it is from, in the registry's own form; of MLflow, JSON. */
  source: Maybe<Scalars['String']['output']>;
};

/** One page of what was found. Of very many hits the best of 300 models and of 200 versions are listed. */
export type SearchConnection = {
  /** Whether every registry is searched, as it is. */
  complete: Scalars['Boolean']['output'];
  /** What was searched instead, where words were taken for mistyped: as the best hit has them; null: as it was given. */
  correction: Maybe<Scalars['String']['output']>;
  /** The hits with their cursors. */
  edges: Array<SearchEdge>;
  /** Why there are no hits; null when there are. */
  message: Maybe<Scalars['String']['output']>;
  /** The hits alone. */
  nodes: Array<SearchResult>;
  /** Where the page stands among the others. */
  pageInfo: PageInfo;
  /** How each registry took part, in the order of the configuration; `asOf` says of when its texts are. */
  sources: Array<SourceStatus>;
  /** How many hits there are on all pages; null where there are very many, or a registry is not searched. */
  totalCount: Maybe<Scalars['Int']['output']>;
};

/** One hit with its cursor. */
export type SearchEdge = {
  /** The place of the hit among the others. */
  cursor: Scalars['String']['output'];
  /** Where the words stand in it. */
  highlights: Array<Highlight>;
  /** What was found. */
  node: SearchResult;
  /** How well it answers, compared with the other hits of one search. */
  score: Scalars['Float']['output'];
};

/** What a search finds. */
export type SearchResult = Model | ModelVersion;

/** Where an alias is to point. */
export type SetAliasInput = {
  /** See `RegistryCapabilities.naming`; never `latest` or `v` with digits. */
  alias: Scalars['String']['input'];
  /** The version that has to hold it now, else CONFLICT; see `RegistryCapabilities.compareAndSet`. */
  expectedVersion?: InputMaybe<Scalars['String']['input']>;
  /** Which model. */
  model: ModelRef;
  /** Whether it is CONFLICT when anybody holds it. Not together with `expectedVersion`. */
  onlyIfUnset?: InputMaybe<Scalars['Boolean']['input']>;
  /** The version to point to; NOT_FOUND when it is not there. */
  version: Scalars['String']['input'];
};

/** Tags to set on a model. */
export type SetModelTagsInput = {
  /** Which model. */
  model: ModelRef;
  /** Each key once. */
  tags: Array<TagInput>;
};

/** Tags to set on a version. */
export type SetModelVersionTagsInput = {
  /** Each key once. */
  tags: Array<TagInput>;
  /** Which version. */
  version: ModelVersionRef;
};

/** What to grant. */
export type SetPermissionInput = {
  /** A model's name, or a pattern: `*` stands for any text, `\*` for itself. A model has to be there. */
  model: Scalars['String']['input'];
  /** What is granted. */
  permission: Permission;
  /** `user:NAME`, `group:NAME` or `token:NAME`. */
  principal: Scalars['String']['input'];
  /** A registry's name, or `*` for all. */
  registry: Scalars['String']['input'];
};

/** Why a registry did not answer as it should. */
export type SourceError = {
  /** The kind of failure. */
  code: ErrorCode;
  /** What is wrong, in a sentence; never a backend's own text for a 5xx answer. */
  message: Scalars['String']['output'];
  /** How many milliseconds to wait before another try, when that is known. */
  retryAfterMs: Maybe<Scalars['Int']['output']>;
  /** Whether the same request may succeed later without any change. */
  retryable: Scalars['Boolean']['output'];
};

/** How a registry answered. More values may come; take an unknown one for ERROR. */
export type SourceState =
  /** It answered badly or could not be reached. */
  | 'ERROR'
  /** It answered now, and everything it holds is considered. */
  | 'OK'
  /** Not asked, as it failed too often of late; the error says since when, and when it is tried again. */
  | 'SKIPPED'
  /** Its rows are older than they should be. */
  | 'STALE'
  /** No answer by the deadline. */
  | 'TIMEOUT';

/**
 * How one registry answered for one list. A list over several registries is answered with what is there, and says here
 * what is missing and why.
 */
export type SourceStatus = {
  /** The moment its rows are from; null when it gave none. */
  asOf: Maybe<Scalars['DateTime']['output']>;
  /** What went wrong; null when the state is OK. */
  error: Maybe<SourceError>;
  /** How long its part took, in milliseconds; null when it was not asked. */
  latencyMs: Maybe<Scalars['Float']['output']>;
  /** The registry this is about. */
  registry: Registry;
  /** How it answered. */
  state: SourceState;
};

/**
 * Tests of a text; several must all hold. What is not there passes none of them, so `ne` asks for another value, whereas
 * `not: { … { eq } }` also takes what has none. Texts are compared by Unicode code point.
 */
export type StringFilter = {
  /** Holds this text anywhere; `%`, `_` and `*` mean themselves. */
  contains?: InputMaybe<Scalars['String']['input']>;
  /** Ends with this text. */
  endsWith?: InputMaybe<Scalars['String']['input']>;
  /** Is this text. */
  eq?: InputMaybe<Scalars['String']['input']>;
  /**
   * Compare both sides in Unicode's default case folding, whatever the locale: `ß` is `ss`, and `ς` is `σ`. What is found
   * without it is found with it.
   */
  ignoreCase?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is one of these texts; an empty list matches nothing. */
  in?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Is there, and is not this text. */
  ne?: InputMaybe<Scalars['String']['input']>;
  /** Begins with this text. */
  startsWith?: InputMaybe<Scalars['String']['input']>;
};

/** What is told as it happens. */
export type Subscription = {
  /**
   * What happens, each event once and in the order of their cursors, over WebSocket or server-sent events. Whoever was cut off
   * goes on with the `cursor` of the last event that it was told of, and misses nothing.
   */
  events: Event;
};


/** What is told as it happens. */
export type SubscriptionEventsArgs = {
  since?: InputMaybe<Scalars['String']['input']>;
  where?: InputMaybe<EventFilter>;
};

/** A key with a value, set by people or tools. */
export type Tag = {
  /** Unique on what carries the tag; case-sensitive. */
  key: Scalars['String']['output'];
  /** May be empty. */
  value: Scalars['String']['output'];
};

/** Tests of one tag. A key alone asks that the tag is there. */
export type TagFilter = {
  /** False: the tag must not be there, and `value` with it is BAD_USER_INPUT. True or null: it must be there. */
  exists?: InputMaybe<Scalars['Boolean']['input']>;
  /** The tag's key; case-sensitive. */
  key: Scalars['String']['input'];
  /** What must hold of its value; null: any value does. */
  value?: InputMaybe<StringFilter>;
};

/** A tag to set. */
export type TagInput = {
  /** Case-sensitive; see `RegistryCapabilities.naming`. The gateway's own (`modelgate.copied_from` …) are BAD_USER_INPUT. */
  key: Scalars['String']['input'];
  /** May be empty. */
  value: Scalars['String']['input'];
};

/** One text on both sides. */
export type TextDiff = {
  /** What happened to it on the way from one side to the other. */
  change: DiffChange;
  /** Its value in `from`; null when it is not there. */
  from: Maybe<Scalars['String']['output']>;
  /** The key of the param or tag. */
  key: Scalars['String']['output'];
  /** Its value in `to`; null when it is not there. */
  to: Maybe<Scalars['String']['output']>;
};

/** A version that went to another stage. */
export type TransitionPayload = {
  /**
   * The versions that went to Archived for it and are still there. When they cannot be read back the whole payload is null,
   * and the error's message says that the move was made.
   */
  archived: Array<ModelVersion>;
  /** As it is now. */
  modelVersion: Maybe<ModelVersion>;
};

/** Where a version is to go. */
export type TransitionStageInput = {
  /**
   * Whether all other versions of that stage go to Archived. Null: as the registry is configured. True with None or
   * Archived is BAD_USER_INPUT.
   */
  archiveExisting?: InputMaybe<Scalars['Boolean']['input']>;
  /** Why; goes to the log of the gateway. */
  comment?: InputMaybe<Scalars['String']['input']>;
  /** The stage it has to be in now, else CONFLICT. */
  expectedStage?: InputMaybe<Scalars['String']['input']>;
  /** Found without regard to case; one that the registry does not have is BAD_USER_INPUT. */
  stage: Scalars['String']['input'];
  /** Which version. */
  version: ModelVersionRef;
};

/** A change of a model. */
export type UpdateModelInput = {
  /** An empty text removes it. */
  description: Scalars['String']['input'];
  /** Which model. */
  model: ModelRef;
};

/** A change of a version. */
export type UpdateModelVersionInput = {
  /** An empty text removes it. */
  description: Scalars['String']['input'];
  /** Which version. */
  version: ModelVersionRef;
};

/** What differs between two versions. Every key of either side is listed once, sorted. */
export type VersionDiff = {
  /** How long their runs took, in milliseconds; null when neither is known, or a side could not be read. */
  durationMs: Maybe<NumberDiff>;
  /** The version that differences start from; null when it is not there. */
  from: Maybe<ModelVersion>;
  /** Of the metrics of their runs; null when a side could not be read. */
  metrics: Maybe<Array<NumberDiff>>;
  /** Of the params of their runs; null when a side could not be read. */
  params: Maybe<Array<TextDiff>>;
  /** Whether both have the same files, told by digest, else by lineage or location; null when it cannot be told. */
  sameArtifact: Maybe<Scalars['Boolean']['output']>;
  /** The bytes of all their files; null when neither is known, or a side could not be read. */
  sizeBytes: Maybe<NumberDiff>;
  /** Of their tags; null when a side could not be read. */
  tags: Maybe<Array<TextDiff>>;
  /** The version that differences lead to; null when it is not there. */
  to: Maybe<ModelVersion>;
};

/** Whether a version can be used. More values may come; take an unknown one for UNKNOWN. */
export type VersionStatus =
  /** Its registration failed; see `statusMessage`. */
  | 'FAILED'
  /** Its registration is not finished. */
  | 'PENDING'
  /** It can be used. */
  | 'READY'
  /** A state of the registry that has no counterpart here. */
  | 'UNKNOWN';

/** Who asks. */
export type Viewer = {
  /** Such as `group:platform`. */
  groups: Array<Scalars['String']['output']>;
  /** Such as `user:ann` or `token:deploy`; `user:anonymous` is who has not signed in. */
  principal: Scalars['String']['output'];
};



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;



/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  SearchResult:
    | ( FederatedModel )
    | ( FederatedVersion )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | ( EventRecord )
    | ( FederatedLogicalModel )
    | ( FederatedModel )
    | ( FederatedVersion )
    | ( FederatedRegistry )
    | ( FederatedRun )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Alias: ResolverTypeWrapper<FederatedAlias>;
  AliasCell: ResolverTypeWrapper<AliasCellRecord>;
  AliasKey: AliasKey;
  AliasMatrix: ResolverTypeWrapper<AliasMatrixRecord>;
  AliasMoment: ResolverTypeWrapper<HeldAlias>;
  AliasPayload: ResolverTypeWrapper<WrittenAlias>;
  AliasReport: ResolverTypeWrapper<AliasReportList>;
  AliasReportRow: ResolverTypeWrapper<AliasReportCell>;
  Artifact: ResolverTypeWrapper<ArtifactRecord>;
  ArtifactConnection: ResolverTypeWrapper<ArtifactList>;
  ArtifactEdge: ResolverTypeWrapper<ArtifactListEdge>;
  ArtifactMode: ArtifactMode;
  AssignAliasToStageInput: AssignAliasToStageInput;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  CapabilityLevel: CapabilityLevel;
  CatalogStatus: ResolverTypeWrapper<CatalogReport>;
  Certainty: Certainty;
  CopyModelVersionInput: CopyModelVersionInput;
  CopyModelVersionPayload: ResolverTypeWrapper<MadeVersion>;
  CreateModelInput: CreateModelInput;
  CreateModelVersionInput: CreateModelVersionInput;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DateTimeFilter: DateTimeFilter;
  DeleteAliasInput: DeleteAliasInput;
  DeleteAliasPayload: ResolverTypeWrapper<WrittenAlias>;
  DeleteModelInput: DeleteModelInput;
  DeleteModelTagsInput: DeleteModelTagsInput;
  DeleteModelVersionInput: DeleteModelVersionInput;
  DeleteModelVersionTagsInput: DeleteModelVersionTagsInput;
  DeletePayload: ResolverTypeWrapper<DeletePayload>;
  DiffChange: DiffChange;
  Direction: Direction;
  DriftFinding: ResolverTypeWrapper<DriftRecord>;
  DriftKind: DriftKind;
  Environment: ResolverTypeWrapper<EnvironmentRecord>;
  ErrorCode: ErrorCode;
  Event: ResolverTypeWrapper<EventRecord>;
  EventConnection: ResolverTypeWrapper<EventList>;
  EventEdge: ResolverTypeWrapper<EventListEdge>;
  EventFilter: EventFilter;
  EventKind: EventKind;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  FloatFilter: FloatFilter;
  Highlight: ResolverTypeWrapper<FoundHighlight>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  LineageHop: ResolverTypeWrapper<FederatedHop>;
  LogicalConflict: ResolverTypeWrapper<ConflictRecord>;
  LogicalMember: ResolverTypeWrapper<MemberRecord>;
  LogicalModel: ResolverTypeWrapper<FederatedLogicalModel>;
  LogicalModelConnection: ResolverTypeWrapper<LogicalModelList>;
  LogicalModelEdge: ResolverTypeWrapper<LogicalModelListEdge>;
  LogicalModelFilter: LogicalModelFilter;
  Metric: ResolverTypeWrapper<MetricRecord>;
  MetricFilter: MetricFilter;
  MetricOrder: MetricOrder;
  Model: ResolverTypeWrapper<FederatedModel>;
  ModelConnection: ResolverTypeWrapper<ModelList>;
  ModelEdge: ResolverTypeWrapper<ModelListEdge>;
  ModelFilter: ModelFilter;
  ModelGroup: ResolverTypeWrapper<GroupOfModels>;
  ModelGroupBy: ModelGroupBy;
  ModelGroups: ResolverTypeWrapper<GroupedModels>;
  ModelKey: ModelKey;
  ModelOrder: ModelOrder;
  ModelOrderField: ModelOrderField;
  ModelPayload: ResolverTypeWrapper<WrittenModel>;
  ModelRef: ModelRef;
  ModelUriRef: ModelUriRef;
  ModelVersion: ResolverTypeWrapper<FederatedVersion>;
  ModelVersionConnection: ResolverTypeWrapper<VersionList>;
  ModelVersionEdge: ResolverTypeWrapper<VersionListEdge>;
  ModelVersionFieldOrder: ModelVersionFieldOrder;
  ModelVersionFilter: ModelVersionFilter;
  ModelVersionKey: ModelVersionKey;
  ModelVersionOrder: ModelVersionOrder;
  ModelVersionOrderField: ModelVersionOrderField;
  ModelVersionPayload: ResolverTypeWrapper<WrittenVersion>;
  ModelVersionRef: ModelVersionRef;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NamingRules: ResolverTypeWrapper<NamingRules>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  NonFinite: NonFinite;
  NumberDiff: ResolverTypeWrapper<NumberDiff>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Param: ResolverTypeWrapper<ParamRecord>;
  ParamFilter: ParamFilter;
  Permission: Permission;
  PermissionGrant: ResolverTypeWrapper<Grant>;
  PermissionGrantConnection: ResolverTypeWrapper<GrantList>;
  PermissionGrantEdge: ResolverTypeWrapper<GrantListEdge>;
  PermissionPayload: ResolverTypeWrapper<Grant>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ReadMode: ReadMode;
  Registry: ResolverTypeWrapper<FederatedRegistry>;
  RegistryCapabilities: ResolverTypeWrapper<RegistryCapabilities>;
  RegistryHealth: ResolverTypeWrapper<RegistryHealth>;
  RemovePermissionInput: RemovePermissionInput;
  RenameModelInput: RenameModelInput;
  Run: ResolverTypeWrapper<FederatedRun>;
  RunDataset: ResolverTypeWrapper<RunDatasetRecord>;
  SearchConnection: ResolverTypeWrapper<SearchList>;
  SearchEdge: ResolverTypeWrapper<SearchListEdge>;
  SearchResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SearchResult']>;
  SetAliasInput: SetAliasInput;
  SetModelTagsInput: SetModelTagsInput;
  SetModelVersionTagsInput: SetModelVersionTagsInput;
  SetPermissionInput: SetPermissionInput;
  SourceError: ResolverTypeWrapper<SourceError>;
  SourceState: SourceState;
  SourceStatus: ResolverTypeWrapper<SourceOutcome>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  StringFilter: StringFilter;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Tag: ResolverTypeWrapper<TagRecord>;
  TagFilter: TagFilter;
  TagInput: TagInput;
  TextDiff: ResolverTypeWrapper<TextDiff>;
  TransitionPayload: ResolverTypeWrapper<WrittenTransition>;
  TransitionStageInput: TransitionStageInput;
  UpdateModelInput: UpdateModelInput;
  UpdateModelVersionInput: UpdateModelVersionInput;
  VersionDiff: ResolverTypeWrapper<VersionComparison>;
  VersionStatus: VersionStatus;
  Viewer: ResolverTypeWrapper<Viewer>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Alias: FederatedAlias;
  AliasCell: AliasCellRecord;
  AliasKey: AliasKey;
  AliasMatrix: AliasMatrixRecord;
  AliasMoment: HeldAlias;
  AliasPayload: WrittenAlias;
  AliasReport: AliasReportList;
  AliasReportRow: AliasReportCell;
  Artifact: ArtifactRecord;
  ArtifactConnection: ArtifactList;
  ArtifactEdge: ArtifactListEdge;
  AssignAliasToStageInput: AssignAliasToStageInput;
  Boolean: Scalars['Boolean']['output'];
  CatalogStatus: CatalogReport;
  CopyModelVersionInput: CopyModelVersionInput;
  CopyModelVersionPayload: MadeVersion;
  CreateModelInput: CreateModelInput;
  CreateModelVersionInput: CreateModelVersionInput;
  DateTime: Scalars['DateTime']['output'];
  DateTimeFilter: DateTimeFilter;
  DeleteAliasInput: DeleteAliasInput;
  DeleteAliasPayload: WrittenAlias;
  DeleteModelInput: DeleteModelInput;
  DeleteModelTagsInput: DeleteModelTagsInput;
  DeleteModelVersionInput: DeleteModelVersionInput;
  DeleteModelVersionTagsInput: DeleteModelVersionTagsInput;
  DeletePayload: DeletePayload;
  DriftFinding: DriftRecord;
  Environment: EnvironmentRecord;
  Event: EventRecord;
  EventConnection: EventList;
  EventEdge: EventListEdge;
  EventFilter: EventFilter;
  Float: Scalars['Float']['output'];
  FloatFilter: FloatFilter;
  Highlight: FoundHighlight;
  ID: Scalars['ID']['output'];
  Int: Scalars['Int']['output'];
  LineageHop: FederatedHop;
  LogicalConflict: ConflictRecord;
  LogicalMember: MemberRecord;
  LogicalModel: FederatedLogicalModel;
  LogicalModelConnection: LogicalModelList;
  LogicalModelEdge: LogicalModelListEdge;
  LogicalModelFilter: LogicalModelFilter;
  Metric: MetricRecord;
  MetricFilter: MetricFilter;
  MetricOrder: MetricOrder;
  Model: FederatedModel;
  ModelConnection: ModelList;
  ModelEdge: ModelListEdge;
  ModelFilter: ModelFilter;
  ModelGroup: GroupOfModels;
  ModelGroupBy: ModelGroupBy;
  ModelGroups: GroupedModels;
  ModelKey: ModelKey;
  ModelOrder: ModelOrder;
  ModelPayload: WrittenModel;
  ModelRef: ModelRef;
  ModelUriRef: ModelUriRef;
  ModelVersion: FederatedVersion;
  ModelVersionConnection: VersionList;
  ModelVersionEdge: VersionListEdge;
  ModelVersionFieldOrder: ModelVersionFieldOrder;
  ModelVersionFilter: ModelVersionFilter;
  ModelVersionKey: ModelVersionKey;
  ModelVersionOrder: ModelVersionOrder;
  ModelVersionPayload: WrittenVersion;
  ModelVersionRef: ModelVersionRef;
  Mutation: Record<PropertyKey, never>;
  NamingRules: NamingRules;
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  NumberDiff: NumberDiff;
  PageInfo: PageInfo;
  Param: ParamRecord;
  ParamFilter: ParamFilter;
  PermissionGrant: Grant;
  PermissionGrantConnection: GrantList;
  PermissionGrantEdge: GrantListEdge;
  PermissionPayload: Grant;
  Query: Record<PropertyKey, never>;
  Registry: FederatedRegistry;
  RegistryCapabilities: RegistryCapabilities;
  RegistryHealth: RegistryHealth;
  RemovePermissionInput: RemovePermissionInput;
  RenameModelInput: RenameModelInput;
  Run: FederatedRun;
  RunDataset: RunDatasetRecord;
  SearchConnection: SearchList;
  SearchEdge: SearchListEdge;
  SearchResult: ResolversUnionTypes<ResolversParentTypes>['SearchResult'];
  SetAliasInput: SetAliasInput;
  SetModelTagsInput: SetModelTagsInput;
  SetModelVersionTagsInput: SetModelVersionTagsInput;
  SetPermissionInput: SetPermissionInput;
  SourceError: SourceError;
  SourceStatus: SourceOutcome;
  String: Scalars['String']['output'];
  StringFilter: StringFilter;
  Subscription: Record<PropertyKey, never>;
  Tag: TagRecord;
  TagFilter: TagFilter;
  TagInput: TagInput;
  TextDiff: TextDiff;
  TransitionPayload: WrittenTransition;
  TransitionStageInput: TransitionStageInput;
  UpdateModelInput: UpdateModelInput;
  UpdateModelVersionInput: UpdateModelVersionInput;
  VersionDiff: VersionComparison;
  Viewer: Viewer;
};

export type AliasResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['Alias'] = ResolversParentTypes['Alias']> = {
  assignedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  assignedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['ModelVersion']>, ParentType, ContextType>;
  versionNumber?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AliasCellResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['AliasCell'] = ResolversParentTypes['AliasCell']> = {
  environment?: Resolver<ResolversTypes['Environment'], ParentType, ContextType>;
  metrics?: Resolver<Maybe<Array<ResolversTypes['Metric']>>, ParentType, ContextType>;
  model?: Resolver<Maybe<ResolversTypes['Model']>, ParentType, ContextType>;
  sameArtifactAsPrevious?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['SourceState'], ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['ModelVersion']>, ParentType, ContextType>;
};

export type AliasMatrixResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['AliasMatrix'] = ResolversParentTypes['AliasMatrix']> = {
  alias?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cells?: Resolver<Array<ResolversTypes['AliasCell']>, ParentType, ContextType>;
};

export type AliasMomentResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['AliasMoment'] = ResolversParentTypes['AliasMoment']> = {
  certainty?: Resolver<ResolversTypes['Certainty'], ParentType, ContextType>;
  notAfter?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  notBefore?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['ModelVersion']>, ParentType, ContextType>;
  versionNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type AliasPayloadResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['AliasPayload'] = ResolversParentTypes['AliasPayload']> = {
  alias?: Resolver<Maybe<ResolversTypes['Alias']>, ParentType, ContextType>;
  previousVersion?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type AliasReportResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['AliasReport'] = ResolversParentTypes['AliasReport']> = {
  complete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  rows?: Resolver<Array<ResolversTypes['AliasReportRow']>, ParentType, ContextType>;
  sources?: Resolver<Array<ResolversTypes['SourceStatus']>, ParentType, ContextType>;
};

export type AliasReportRowResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['AliasReportRow'] = ResolversParentTypes['AliasReportRow']> = {
  assignedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  environment?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  logicalModel?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  metric?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  metricDelta?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  model?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  registry?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  stage?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ArtifactResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['Artifact'] = ResolversParentTypes['Artifact']> = {
  digest?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  isDirectory?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sizeBytes?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type ArtifactConnectionResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['ArtifactConnection'] = ResolversParentTypes['ArtifactConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ArtifactEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Artifact']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ArtifactEdgeResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['ArtifactEdge'] = ResolversParentTypes['ArtifactEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Artifact'], ParentType, ContextType>;
};

export type CatalogStatusResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['CatalogStatus'] = ResolversParentTypes['CatalogStatus']> = {
  lagMs?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  lastFullSync?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  models?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['SourceState'], ParentType, ContextType>;
  versions?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type CopyModelVersionPayloadResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['CopyModelVersionPayload'] = ResolversParentTypes['CopyModelVersionPayload']> = {
  createdModel?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  modelVersion?: Resolver<Maybe<ResolversTypes['ModelVersion']>, ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DeleteAliasPayloadResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['DeleteAliasPayload'] = ResolversParentTypes['DeleteAliasPayload']> = {
  model?: Resolver<Maybe<ResolversTypes['Model']>, ParentType, ContextType>;
  previousVersion?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type DeletePayloadResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['DeletePayload'] = ResolversParentTypes['DeletePayload']> = {
  deletedId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type DriftFindingResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['DriftFinding'] = ResolversParentTypes['DriftFinding']> = {
  detail?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  from?: Resolver<Maybe<ResolversTypes['ModelVersion']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['DriftKind'], ParentType, ContextType>;
  logicalModel?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  to?: Resolver<Maybe<ResolversTypes['ModelVersion']>, ParentType, ContextType>;
};

export type EnvironmentResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['Environment'] = ResolversParentTypes['Environment']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rank?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  registries?: Resolver<Array<ResolversTypes['Registry']>, ParentType, ContextType>;
};

export type EventResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['Event'] = ResolversParentTypes['Event']> = {
  actor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  after?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  certainty?: Resolver<ResolversTypes['Certainty'], ParentType, ContextType>;
  comment?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  key?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['EventKind'], ParentType, ContextType>;
  model?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  notBefore?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  registry?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  subject?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EventConnectionResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['EventConnection'] = ResolversParentTypes['EventConnection']> = {
  complete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['EventEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Event']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  sources?: Resolver<Array<ResolversTypes['SourceStatus']>, ParentType, ContextType>;
};

export type EventEdgeResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['EventEdge'] = ResolversParentTypes['EventEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
};

export type HighlightResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['Highlight'] = ResolversParentTypes['Highlight']> = {
  field?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  fragment?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type LineageHopResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['LineageHop'] = ResolversParentTypes['LineageHop']> = {
  broken?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  registry?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  uri?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['ModelVersion']>, ParentType, ContextType>;
};

export type LogicalConflictResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['LogicalConflict'] = ResolversParentTypes['LogicalConflict']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  model?: Resolver<ResolversTypes['Model'], ParentType, ContextType>;
  rules?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type LogicalMemberResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['LogicalMember'] = ResolversParentTypes['LogicalMember']> = {
  environment?: Resolver<ResolversTypes['Environment'], ParentType, ContextType>;
  matchedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  model?: Resolver<ResolversTypes['Model'], ParentType, ContextType>;
};

export type LogicalModelResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['LogicalModel'] = ResolversParentTypes['LogicalModel']> = {
  alias?: Resolver<Maybe<ResolversTypes['AliasMatrix']>, ParentType, ContextType, RequireFields<LogicalModelAliasArgs, 'name'>>;
  compare?: Resolver<Maybe<ResolversTypes['VersionDiff']>, ParentType, ContextType, RequireFields<LogicalModelCompareArgs, 'alias' | 'from' | 'to'>>;
  conflicts?: Resolver<Array<ResolversTypes['LogicalConflict']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  members?: Resolver<Array<ResolversTypes['LogicalMember']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type LogicalModelConnectionResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['LogicalModelConnection'] = ResolversParentTypes['LogicalModelConnection']> = {
  complete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['LogicalModelEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['LogicalModel']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  sources?: Resolver<Array<ResolversTypes['SourceStatus']>, ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type LogicalModelEdgeResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['LogicalModelEdge'] = ResolversParentTypes['LogicalModelEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['LogicalModel'], ParentType, ContextType>;
};

export type MetricResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['Metric'] = ResolversParentTypes['Metric']> = {
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nonFinite?: Resolver<Maybe<ResolversTypes['NonFinite']>, ParentType, ContextType>;
  step?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type ModelResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['Model'] = ResolversParentTypes['Model']> = {
  alias?: Resolver<Maybe<ResolversTypes['Alias']>, ParentType, ContextType, RequireFields<ModelAliasArgs, 'name'>>;
  aliasAt?: Resolver<Maybe<ResolversTypes['AliasMoment']>, ParentType, ContextType, RequireFields<ModelAliasAtArgs, 'at' | 'name'>>;
  aliases?: Resolver<Maybe<Array<ResolversTypes['Alias']>>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  environment?: Resolver<Maybe<ResolversTypes['Environment']>, ParentType, ContextType>;
  events?: Resolver<Maybe<ResolversTypes['EventConnection']>, ParentType, ContextType, RequireFields<ModelEventsArgs, 'direction' | 'first'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  latestVersion?: Resolver<Maybe<ResolversTypes['ModelVersion']>, ParentType, ContextType, Partial<ModelLatestVersionArgs>>;
  logicalModel?: Resolver<Maybe<ResolversTypes['LogicalModel']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  registry?: Resolver<ResolversTypes['Registry'], ParentType, ContextType>;
  tag?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType, RequireFields<ModelTagArgs, 'key'>>;
  tags?: Resolver<Maybe<Array<ResolversTypes['Tag']>>, ParentType, ContextType, Partial<ModelTagsArgs>>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['ModelVersion']>, ParentType, ContextType, RequireFields<ModelVersionArgs, 'version'>>;
  versions?: Resolver<Maybe<ResolversTypes['ModelVersionConnection']>, ParentType, ContextType, RequireFields<ModelVersionsArgs, 'first' | 'includeArchived'>>;
  viewerPermission?: Resolver<ResolversTypes['Permission'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ModelConnectionResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['ModelConnection'] = ResolversParentTypes['ModelConnection']> = {
  complete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['ModelEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Model']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  sources?: Resolver<Array<ResolversTypes['SourceStatus']>, ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ModelEdgeResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['ModelEdge'] = ResolversParentTypes['ModelEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Model'], ParentType, ContextType>;
};

export type ModelGroupResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['ModelGroup'] = ResolversParentTypes['ModelGroup']> = {
  key?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  models?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  registries?: Resolver<Array<ResolversTypes['Registry']>, ParentType, ContextType>;
};

export type ModelGroupsResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['ModelGroups'] = ResolversParentTypes['ModelGroups']> = {
  complete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  groups?: Resolver<Array<ResolversTypes['ModelGroup']>, ParentType, ContextType>;
  sources?: Resolver<Array<ResolversTypes['SourceStatus']>, ParentType, ContextType>;
};

export type ModelPayloadResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['ModelPayload'] = ResolversParentTypes['ModelPayload']> = {
  model?: Resolver<Maybe<ResolversTypes['Model']>, ParentType, ContextType>;
};

export type ModelVersionResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['ModelVersion'] = ResolversParentTypes['ModelVersion']> = {
  aliases?: Resolver<Maybe<Array<ResolversTypes['Alias']>>, ParentType, ContextType>;
  artifactUri?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  artifacts?: Resolver<Maybe<ResolversTypes['ArtifactConnection']>, ParentType, ContextType, RequireFields<ModelVersionArtifactsArgs, 'first'>>;
  copiedFrom?: Resolver<Maybe<ResolversTypes['ModelVersion']>, ParentType, ContextType>;
  copies?: Resolver<Maybe<ResolversTypes['ModelVersionConnection']>, ParentType, ContextType, RequireFields<ModelVersionCopiesArgs, 'first'>>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  digest?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  events?: Resolver<Maybe<ResolversTypes['EventConnection']>, ParentType, ContextType, RequireFields<ModelVersionEventsArgs, 'direction' | 'first'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lineage?: Resolver<Maybe<Array<ResolversTypes['LineageHop']>>, ParentType, ContextType>;
  metric?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType, RequireFields<ModelVersionMetricArgs, 'key'>>;
  metrics?: Resolver<Maybe<Array<ResolversTypes['Metric']>>, ParentType, ContextType, Partial<ModelVersionMetricsArgs>>;
  model?: Resolver<Maybe<ResolversTypes['Model']>, ParentType, ContextType>;
  modelName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  param?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType, RequireFields<ModelVersionParamArgs, 'key'>>;
  params?: Resolver<Maybe<Array<ResolversTypes['Param']>>, ParentType, ContextType, Partial<ModelVersionParamsArgs>>;
  registry?: Resolver<ResolversTypes['Registry'], ParentType, ContextType>;
  run?: Resolver<Maybe<ResolversTypes['Run']>, ParentType, ContextType>;
  runId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  sizeBytes?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  stage?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['VersionStatus']>, ParentType, ContextType>;
  statusMessage?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  tag?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType, RequireFields<ModelVersionTagArgs, 'key'>>;
  tags?: Resolver<Maybe<Array<ResolversTypes['Tag']>>, ParentType, ContextType, Partial<ModelVersionTagsArgs>>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ModelVersionConnectionResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['ModelVersionConnection'] = ResolversParentTypes['ModelVersionConnection']> = {
  complete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['ModelVersionEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['ModelVersion']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  sources?: Resolver<Array<ResolversTypes['SourceStatus']>, ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ModelVersionEdgeResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['ModelVersionEdge'] = ResolversParentTypes['ModelVersionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ModelVersion'], ParentType, ContextType>;
};

export type ModelVersionPayloadResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['ModelVersionPayload'] = ResolversParentTypes['ModelVersionPayload']> = {
  modelVersion?: Resolver<Maybe<ResolversTypes['ModelVersion']>, ParentType, ContextType>;
};

export type MutationResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  assignAliasToStage?: Resolver<Maybe<ResolversTypes['AliasPayload']>, ParentType, ContextType, RequireFields<MutationAssignAliasToStageArgs, 'input'>>;
  copyModelVersion?: Resolver<Maybe<ResolversTypes['CopyModelVersionPayload']>, ParentType, ContextType, RequireFields<MutationCopyModelVersionArgs, 'input'>>;
  createModel?: Resolver<Maybe<ResolversTypes['ModelPayload']>, ParentType, ContextType, RequireFields<MutationCreateModelArgs, 'input'>>;
  createModelVersion?: Resolver<Maybe<ResolversTypes['ModelVersionPayload']>, ParentType, ContextType, RequireFields<MutationCreateModelVersionArgs, 'input'>>;
  deleteAlias?: Resolver<Maybe<ResolversTypes['DeleteAliasPayload']>, ParentType, ContextType, RequireFields<MutationDeleteAliasArgs, 'input'>>;
  deleteModel?: Resolver<Maybe<ResolversTypes['DeletePayload']>, ParentType, ContextType, RequireFields<MutationDeleteModelArgs, 'input'>>;
  deleteModelTags?: Resolver<Maybe<ResolversTypes['ModelPayload']>, ParentType, ContextType, RequireFields<MutationDeleteModelTagsArgs, 'input'>>;
  deleteModelVersion?: Resolver<Maybe<ResolversTypes['DeletePayload']>, ParentType, ContextType, RequireFields<MutationDeleteModelVersionArgs, 'input'>>;
  deleteModelVersionTags?: Resolver<Maybe<ResolversTypes['ModelVersionPayload']>, ParentType, ContextType, RequireFields<MutationDeleteModelVersionTagsArgs, 'input'>>;
  removePermission?: Resolver<Maybe<ResolversTypes['PermissionPayload']>, ParentType, ContextType, RequireFields<MutationRemovePermissionArgs, 'input'>>;
  renameModel?: Resolver<Maybe<ResolversTypes['ModelPayload']>, ParentType, ContextType, RequireFields<MutationRenameModelArgs, 'input'>>;
  setAlias?: Resolver<Maybe<ResolversTypes['AliasPayload']>, ParentType, ContextType, RequireFields<MutationSetAliasArgs, 'input'>>;
  setModelTags?: Resolver<Maybe<ResolversTypes['ModelPayload']>, ParentType, ContextType, RequireFields<MutationSetModelTagsArgs, 'input'>>;
  setModelVersionTags?: Resolver<Maybe<ResolversTypes['ModelVersionPayload']>, ParentType, ContextType, RequireFields<MutationSetModelVersionTagsArgs, 'input'>>;
  setPermission?: Resolver<Maybe<ResolversTypes['PermissionPayload']>, ParentType, ContextType, RequireFields<MutationSetPermissionArgs, 'input'>>;
  transitionStage?: Resolver<Maybe<ResolversTypes['TransitionPayload']>, ParentType, ContextType, RequireFields<MutationTransitionStageArgs, 'input'>>;
  updateModel?: Resolver<Maybe<ResolversTypes['ModelPayload']>, ParentType, ContextType, RequireFields<MutationUpdateModelArgs, 'input'>>;
  updateModelVersion?: Resolver<Maybe<ResolversTypes['ModelVersionPayload']>, ParentType, ContextType, RequireFields<MutationUpdateModelVersionArgs, 'input'>>;
};

export type NamingRulesResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['NamingRules'] = ResolversParentTypes['NamingRules']> = {
  alias?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  modelName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  tagKey?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  tagValueMaxLength?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type NodeResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Event' | 'LogicalModel' | 'Model' | 'ModelVersion' | 'Registry' | 'Run', ParentType, ContextType>;
};

export type NumberDiffResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['NumberDiff'] = ResolversParentTypes['NumberDiff']> = {
  change?: Resolver<ResolversTypes['DiffChange'], ParentType, ContextType>;
  delta?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  from?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  to?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ParamResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['Param'] = ResolversParentTypes['Param']> = {
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PermissionGrantResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['PermissionGrant'] = ResolversParentTypes['PermissionGrant']> = {
  model?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  permission?: Resolver<ResolversTypes['Permission'], ParentType, ContextType>;
  principal?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  registry?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PermissionGrantConnectionResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['PermissionGrantConnection'] = ResolversParentTypes['PermissionGrantConnection']> = {
  edges?: Resolver<Array<ResolversTypes['PermissionGrantEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['PermissionGrant']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type PermissionGrantEdgeResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['PermissionGrantEdge'] = ResolversParentTypes['PermissionGrantEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['PermissionGrant'], ParentType, ContextType>;
};

export type PermissionPayloadResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['PermissionPayload'] = ResolversParentTypes['PermissionPayload']> = {
  grant?: Resolver<ResolversTypes['PermissionGrant'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  aliasReport?: Resolver<Maybe<ResolversTypes['AliasReport']>, ParentType, ContextType, RequireFields<QueryAliasReportArgs, 'alias' | 'first' | 'read'>>;
  changes?: Resolver<Maybe<ResolversTypes['EventConnection']>, ParentType, ContextType, RequireFields<QueryChangesArgs, 'first'>>;
  compareVersions?: Resolver<Maybe<ResolversTypes['VersionDiff']>, ParentType, ContextType, RequireFields<QueryCompareVersionsArgs, 'from' | 'to'>>;
  drift?: Resolver<Maybe<Array<ResolversTypes['DriftFinding']>>, ParentType, ContextType, RequireFields<QueryDriftArgs, 'alias' | 'from' | 'read' | 'to'>>;
  environments?: Resolver<Array<ResolversTypes['Environment']>, ParentType, ContextType>;
  logicalModel?: Resolver<Maybe<ResolversTypes['LogicalModel']>, ParentType, ContextType, RequireFields<QueryLogicalModelArgs, 'name' | 'read'>>;
  logicalModels?: Resolver<Maybe<ResolversTypes['LogicalModelConnection']>, ParentType, ContextType, RequireFields<QueryLogicalModelsArgs, 'first' | 'read'>>;
  model?: Resolver<Maybe<ResolversTypes['Model']>, ParentType, ContextType, RequireFields<QueryModelArgs, 'name' | 'registry'>>;
  modelGroups?: Resolver<Maybe<ResolversTypes['ModelGroups']>, ParentType, ContextType, RequireFields<QueryModelGroupsArgs, 'by' | 'first'>>;
  modelVersion?: Resolver<Maybe<ResolversTypes['ModelVersion']>, ParentType, ContextType, RequireFields<QueryModelVersionArgs, 'model' | 'registry' | 'version'>>;
  modelVersions?: Resolver<Maybe<ResolversTypes['ModelVersionConnection']>, ParentType, ContextType, RequireFields<QueryModelVersionsArgs, 'first' | 'includeArchived'>>;
  models?: Resolver<Maybe<ResolversTypes['ModelConnection']>, ParentType, ContextType, RequireFields<QueryModelsArgs, 'first' | 'includeArchived'>>;
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'id'>>;
  nodes?: Resolver<Array<Maybe<ResolversTypes['Node']>>, ParentType, ContextType, RequireFields<QueryNodesArgs, 'ids'>>;
  permissions?: Resolver<Maybe<ResolversTypes['PermissionGrantConnection']>, ParentType, ContextType, RequireFields<QueryPermissionsArgs, 'first'>>;
  registries?: Resolver<Array<ResolversTypes['Registry']>, ParentType, ContextType, Partial<QueryRegistriesArgs>>;
  registry?: Resolver<Maybe<ResolversTypes['Registry']>, ParentType, ContextType, RequireFields<QueryRegistryArgs, 'name'>>;
  resolveModelUri?: Resolver<Maybe<ResolversTypes['ModelVersion']>, ParentType, ContextType, RequireFields<QueryResolveModelUriArgs, 'uri'>>;
  search?: Resolver<Maybe<ResolversTypes['SearchConnection']>, ParentType, ContextType, RequireFields<QuerySearchArgs, 'first' | 'includeArchived' | 'text'>>;
  viewer?: Resolver<ResolversTypes['Viewer'], ParentType, ContextType>;
};

export type RegistryResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['Registry'] = ResolversParentTypes['Registry']> = {
  adapter?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  capabilities?: Resolver<Maybe<ResolversTypes['RegistryCapabilities']>, ParentType, ContextType>;
  catalog?: Resolver<Maybe<ResolversTypes['CatalogStatus']>, ParentType, ContextType>;
  environment?: Resolver<Maybe<ResolversTypes['Environment']>, ParentType, ContextType>;
  health?: Resolver<ResolversTypes['RegistryHealth'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  models?: Resolver<Maybe<ResolversTypes['ModelConnection']>, ParentType, ContextType, RequireFields<RegistryModelsArgs, 'first' | 'includeArchived'>>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  serverVersion?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RegistryCapabilitiesResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['RegistryCapabilities'] = ResolversParentTypes['RegistryCapabilities']> = {
  aliases?: Resolver<ResolversTypes['CapabilityLevel'], ParentType, ContextType>;
  artifacts?: Resolver<ResolversTypes['CapabilityLevel'], ParentType, ContextType>;
  compareAndSet?: Resolver<ResolversTypes['CapabilityLevel'], ParentType, ContextType>;
  copyModelVersion?: Resolver<ResolversTypes['CapabilityLevel'], ParentType, ContextType>;
  deleteModel?: Resolver<ResolversTypes['CapabilityLevel'], ParentType, ContextType>;
  deleteModelVersion?: Resolver<ResolversTypes['CapabilityLevel'], ParentType, ContextType>;
  naming?: Resolver<Maybe<ResolversTypes['NamingRules']>, ParentType, ContextType>;
  pushedDownFilters?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  pushedDownOrders?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  renameModel?: Resolver<ResolversTypes['CapabilityLevel'], ParentType, ContextType>;
  runs?: Resolver<ResolversTypes['CapabilityLevel'], ParentType, ContextType>;
  stages?: Resolver<ResolversTypes['CapabilityLevel'], ParentType, ContextType>;
  tags?: Resolver<ResolversTypes['CapabilityLevel'], ParentType, ContextType>;
  writes?: Resolver<ResolversTypes['CapabilityLevel'], ParentType, ContextType>;
};

export type RegistryHealthResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['RegistryHealth'] = ResolversParentTypes['RegistryHealth']> = {
  checkedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  latencyMs?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  message?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['SourceState'], ParentType, ContextType>;
};

export type RunResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['Run'] = ResolversParentTypes['Run']> = {
  datasets?: Resolver<Maybe<Array<ResolversTypes['RunDataset']>>, ParentType, ContextType>;
  durationMs?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  endedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  metrics?: Resolver<Maybe<Array<ResolversTypes['Metric']>>, ParentType, ContextType, Partial<RunMetricsArgs>>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  params?: Resolver<Maybe<Array<ResolversTypes['Param']>>, ParentType, ContextType, Partial<RunParamsArgs>>;
  registry?: Resolver<ResolversTypes['Registry'], ParentType, ContextType>;
  runId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sourceCommit?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  tags?: Resolver<Maybe<Array<ResolversTypes['Tag']>>, ParentType, ContextType, Partial<RunTagsArgs>>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RunDatasetResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['RunDataset'] = ResolversParentTypes['RunDataset']> = {
  digest?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SearchConnectionResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['SearchConnection'] = ResolversParentTypes['SearchConnection']> = {
  complete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  correction?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  edges?: Resolver<Array<ResolversTypes['SearchEdge']>, ParentType, ContextType>;
  message?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['SearchResult']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  sources?: Resolver<Array<ResolversTypes['SourceStatus']>, ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type SearchEdgeResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['SearchEdge'] = ResolversParentTypes['SearchEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  highlights?: Resolver<Array<ResolversTypes['Highlight']>, ParentType, ContextType>;
  node?: Resolver<ResolversTypes['SearchResult'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type SearchResultResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['SearchResult'] = ResolversParentTypes['SearchResult']> = {
  __resolveType: TypeResolveFn<'Model' | 'ModelVersion', ParentType, ContextType>;
};

export type SourceErrorResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['SourceError'] = ResolversParentTypes['SourceError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryAfterMs?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  retryable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type SourceStatusResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['SourceStatus'] = ResolversParentTypes['SourceStatus']> = {
  asOf?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['SourceError']>, ParentType, ContextType>;
  latencyMs?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  registry?: Resolver<ResolversTypes['Registry'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['SourceState'], ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  events?: SubscriptionResolver<ResolversTypes['Event'], "events", ParentType, ContextType, Partial<SubscriptionEventsArgs>>;
};

export type TagResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['Tag'] = ResolversParentTypes['Tag']> = {
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TextDiffResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['TextDiff'] = ResolversParentTypes['TextDiff']> = {
  change?: Resolver<ResolversTypes['DiffChange'], ParentType, ContextType>;
  from?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  to?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type TransitionPayloadResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['TransitionPayload'] = ResolversParentTypes['TransitionPayload']> = {
  archived?: Resolver<Array<ResolversTypes['ModelVersion']>, ParentType, ContextType>;
  modelVersion?: Resolver<Maybe<ResolversTypes['ModelVersion']>, ParentType, ContextType>;
};

export type VersionDiffResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['VersionDiff'] = ResolversParentTypes['VersionDiff']> = {
  durationMs?: Resolver<Maybe<ResolversTypes['NumberDiff']>, ParentType, ContextType>;
  from?: Resolver<Maybe<ResolversTypes['ModelVersion']>, ParentType, ContextType>;
  metrics?: Resolver<Maybe<Array<ResolversTypes['NumberDiff']>>, ParentType, ContextType>;
  params?: Resolver<Maybe<Array<ResolversTypes['TextDiff']>>, ParentType, ContextType>;
  sameArtifact?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  sizeBytes?: Resolver<Maybe<ResolversTypes['NumberDiff']>, ParentType, ContextType>;
  tags?: Resolver<Maybe<Array<ResolversTypes['TextDiff']>>, ParentType, ContextType>;
  to?: Resolver<Maybe<ResolversTypes['ModelVersion']>, ParentType, ContextType>;
};

export type ViewerResolvers<ContextType = GatewayContext, ParentType extends ResolversParentTypes['Viewer'] = ResolversParentTypes['Viewer']> = {
  groups?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  principal?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type Resolvers<ContextType = GatewayContext> = {
  Alias?: AliasResolvers<ContextType>;
  AliasCell?: AliasCellResolvers<ContextType>;
  AliasMatrix?: AliasMatrixResolvers<ContextType>;
  AliasMoment?: AliasMomentResolvers<ContextType>;
  AliasPayload?: AliasPayloadResolvers<ContextType>;
  AliasReport?: AliasReportResolvers<ContextType>;
  AliasReportRow?: AliasReportRowResolvers<ContextType>;
  Artifact?: ArtifactResolvers<ContextType>;
  ArtifactConnection?: ArtifactConnectionResolvers<ContextType>;
  ArtifactEdge?: ArtifactEdgeResolvers<ContextType>;
  CatalogStatus?: CatalogStatusResolvers<ContextType>;
  CopyModelVersionPayload?: CopyModelVersionPayloadResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  DeleteAliasPayload?: DeleteAliasPayloadResolvers<ContextType>;
  DeletePayload?: DeletePayloadResolvers<ContextType>;
  DriftFinding?: DriftFindingResolvers<ContextType>;
  Environment?: EnvironmentResolvers<ContextType>;
  Event?: EventResolvers<ContextType>;
  EventConnection?: EventConnectionResolvers<ContextType>;
  EventEdge?: EventEdgeResolvers<ContextType>;
  Highlight?: HighlightResolvers<ContextType>;
  LineageHop?: LineageHopResolvers<ContextType>;
  LogicalConflict?: LogicalConflictResolvers<ContextType>;
  LogicalMember?: LogicalMemberResolvers<ContextType>;
  LogicalModel?: LogicalModelResolvers<ContextType>;
  LogicalModelConnection?: LogicalModelConnectionResolvers<ContextType>;
  LogicalModelEdge?: LogicalModelEdgeResolvers<ContextType>;
  Metric?: MetricResolvers<ContextType>;
  Model?: ModelResolvers<ContextType>;
  ModelConnection?: ModelConnectionResolvers<ContextType>;
  ModelEdge?: ModelEdgeResolvers<ContextType>;
  ModelGroup?: ModelGroupResolvers<ContextType>;
  ModelGroups?: ModelGroupsResolvers<ContextType>;
  ModelPayload?: ModelPayloadResolvers<ContextType>;
  ModelVersion?: ModelVersionResolvers<ContextType>;
  ModelVersionConnection?: ModelVersionConnectionResolvers<ContextType>;
  ModelVersionEdge?: ModelVersionEdgeResolvers<ContextType>;
  ModelVersionPayload?: ModelVersionPayloadResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NamingRules?: NamingRulesResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  NumberDiff?: NumberDiffResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Param?: ParamResolvers<ContextType>;
  PermissionGrant?: PermissionGrantResolvers<ContextType>;
  PermissionGrantConnection?: PermissionGrantConnectionResolvers<ContextType>;
  PermissionGrantEdge?: PermissionGrantEdgeResolvers<ContextType>;
  PermissionPayload?: PermissionPayloadResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Registry?: RegistryResolvers<ContextType>;
  RegistryCapabilities?: RegistryCapabilitiesResolvers<ContextType>;
  RegistryHealth?: RegistryHealthResolvers<ContextType>;
  Run?: RunResolvers<ContextType>;
  RunDataset?: RunDatasetResolvers<ContextType>;
  SearchConnection?: SearchConnectionResolvers<ContextType>;
  SearchEdge?: SearchEdgeResolvers<ContextType>;
  SearchResult?: SearchResultResolvers<ContextType>;
  SourceError?: SourceErrorResolvers<ContextType>;
  SourceStatus?: SourceStatusResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  Tag?: TagResolvers<ContextType>;
  TextDiff?: TextDiffResolvers<ContextType>;
  TransitionPayload?: TransitionPayloadResolvers<ContextType>;
  VersionDiff?: VersionDiffResolvers<ContextType>;
  Viewer?: ViewerResolvers<ContextType>;
};

