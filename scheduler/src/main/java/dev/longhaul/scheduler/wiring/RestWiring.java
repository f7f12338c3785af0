package dev.longhaul.scheduler.wiring;

import java.time.Clock;
import java.util.Optional;

import javax.sql.DataSource;

import dev.longhaul.backupstore.catalog.AuditArchive;
import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.gitops.repository.CommitLinks;
import dev.longhaul.scheduler.access.AuditDays;
import dev.longhaul.scheduler.access.AuditExports;
import dev.longhaul.scheduler.access.AuditLog;
import dev.longhaul.scheduler.access.Tokens;
import dev.longhaul.scheduler.ledger.Ledger;
import dev.longhaul.scheduler.rest.ApplicationsController;
import dev.longhaul.scheduler.rest.AuditController;
import dev.longhaul.scheduler.rest.DefinitionsInForce;
import dev.longhaul.scheduler.rest.IdempotentCalls;
import dev.longhaul.scheduler.rest.JobCommits;
import dev.longhaul.scheduler.rest.JobsController;
import dev.longhaul.scheduler.rest.LedgerController;
import dev.longhaul.scheduler.rest.MeController;
import dev.longhaul.scheduler.rest.OpenApiController;
import dev.longhaul.scheduler.rest.ReadingsController;
import dev.longhaul.scheduler.rest.Repository;
import dev.longhaul.scheduler.rest.RestoresController;
import dev.longhaul.scheduler.rest.RunsController;
import dev.longhaul.scheduler.rest.TargetsController;
import dev.longhaul.scheduler.rest.TokensController;
import dev.longhaul.scheduler.rest.VerdictsController;
import dev.longhaul.scheduler.rest.VolumesController;
import dev.longhaul.scheduler.run.Runs;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * The resources of {@code /api/v1}.
 */
@Configuration(proxyBeanMethods = false)
@Import(RetentionWiring.class)
class RestWiring {

	@Bean
	OpenApiController openApi() {
		return new OpenApiController();
	}

	@Bean
	MeController me() {
		return new MeController();
	}

	@Bean
	TokensController tokensResource(Tokens tokens) {
		return new TokensController(tokens);
	}

	@Bean
	AuditExports auditExports(AuditLog log, ObjectStore store, BackupstoreLayout layout, Seal seal) {
		return new AuditExports(log, new AuditArchive(store, layout, seal));
	}

	@Bean(initMethod = "begin")
	AuditDays auditDays(AuditExports exports, Clock clock) {
		return new AuditDays(exports, clock);
	}

	@Bean
	AuditController auditResource(AuditLog log, AuditExports exports, Clock clock) {
		return new AuditController(log, exports, clock);
	}

	@Bean
	TargetsController targetsResource(KnownTargets targets) {
		return new TargetsController(targets.views());
	}

	/** Empty until whoever follows the repository has put something there. */
	@Bean
	DefinitionsInForce definitionsInForce() {
		return new DefinitionsInForce();
	}

	@Bean
	IdempotentCalls idempotentCalls(DataSource database, JsonMapper json, Clock clock) {
		return new IdempotentCalls(JdbcClient.create(database), json, clock);
	}

	@Bean
	WrittenRepository writtenRepository(LonghaulProperties properties, Clock clock) {
		return new WrittenRepository(properties, clock);
	}

	@Bean
	JobCommits jobCommits(Repository repository) {
		return new JobCommits(repository);
	}

	@Bean
	CommitLinks commitLinks(LonghaulProperties properties) {
		return new CommitLinks(Optional.ofNullable(properties.git()).map(LonghaulProperties.GitSettings::url));
	}

	@Bean
	JobsController jobsResource(DefinitionsInForce inForce, JobCommits commits, CommitLinks links,
			IdempotentCalls calls, Clock clock) {
		return new JobsController(inForce, commits, links, calls, clock);
	}

	@Bean
	RunsController runsResource(Runs runs, IdempotentCalls calls, JsonMapper json) {
		return new RunsController(runs, calls, json);
	}

	@Bean
	ApplicationsController applicationsResource(Ledger ledger, Clock clock) {
		return new ApplicationsController(ledger, clock);
	}

	@Bean
	LedgerController ledgerResource(Ledger ledger, Clock clock) {
		return new LedgerController(ledger, clock);
	}

	@Bean
	VolumesController volumesResource(Ledger ledger) {
		return new VolumesController(ledger);
	}

	@Bean
	VerdictsController verdictsResource(Ledger ledger, Clock clock) {
		return new VerdictsController(ledger, clock);
	}

	@Bean
	ReadingsController readingsResource(Ledger ledger, Clock clock) {
		return new ReadingsController(ledger, clock);
	}

	@Bean
	RestoresController restoresResource() {
		return new RestoresController();
	}

}
