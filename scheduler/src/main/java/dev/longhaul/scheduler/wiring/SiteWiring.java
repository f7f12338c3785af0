package dev.longhaul.scheduler.wiring;

import java.net.URI;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Objects;

import dev.longhaul.gitops.repository.CommitLinks;
import dev.longhaul.scheduler.ledger.Ledger;
import dev.longhaul.scheduler.page.Assets;
import dev.longhaul.scheduler.page.Pages;
import dev.longhaul.scheduler.rest.DefinitionsInForce;
import dev.longhaul.scheduler.rest.JobCommits;
import dev.longhaul.scheduler.run.Runs;
import dev.longhaul.scheduler.site.ApplicationSection;
import dev.longhaul.scheduler.site.Configured;
import dev.longhaul.scheduler.site.GuideSection;
import dev.longhaul.scheduler.site.JobsSection;
import dev.longhaul.scheduler.site.LedgerNotice;
import dev.longhaul.scheduler.site.Outlooks;
import dev.longhaul.scheduler.site.OverviewSection;
import dev.longhaul.scheduler.site.TargetsSection;
import dev.longhaul.scheduler.site.VerificationSection;
import dev.longhaul.scheduler.web.AssetController;
import dev.longhaul.scheduler.web.Frames;
import dev.longhaul.scheduler.web.PageWriter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The pages for people.
 */
@Configuration(proxyBeanMethods = false)
class SiteWiring {

	/** Of classes that are not in a jar. */
	private static final String UNPACKED = "of this build";

	@Bean
	Assets assets() {
		return new Assets();
	}

	@Bean
	AssetController assetFiles(Assets assets) {
		return new AssetController(assets);
	}

	@Bean
	Frames frames(LonghaulProperties properties, Ledger ledger, Clock clock) {
		String version = SiteWiring.class.getPackage().getImplementationVersion();
		return new Frames(installation(properties), Objects.requireNonNullElse(version, UNPACKED),
				() -> LedgerNotice.of(ledger.freshness()), clock, ZoneId.systemDefault());
	}

	/**
	 * In the user's words: where the cluster is, or else where people find the server.
	 */
	private static String installation(LonghaulProperties properties) {
		URI url = properties.server().publicUrl();
		String host = (url != null) ? url.getHost() : null;
		return Objects.requireNonNullElse(properties.cluster().site(), Objects.requireNonNullElse(host, ""));
	}

	@Bean
	PageWriter pageWriter(Assets assets, Frames frames) {
		return new PageWriter(new Pages(assets), frames);
	}

	@Bean
	Outlooks outlooks(DefinitionsInForce definitions) {
		return new Outlooks(definitions);
	}

	@Bean
	Configured configured(LonghaulProperties properties, KnownTargets targets) {
		return new Configured(properties.cluster().site(), targets.views());
	}

	@Bean
	OverviewSection overviewSection(Ledger ledger, Outlooks outlooks, Configured configured) {
		return new OverviewSection(ledger, outlooks, configured);
	}

	@Bean
	ApplicationSection applicationSection(Ledger ledger, Outlooks outlooks, Configured configured) {
		return new ApplicationSection(ledger, outlooks, configured);
	}

	@Bean
	VerificationSection verificationSection(Ledger ledger, Outlooks outlooks, Configured configured) {
		return new VerificationSection(ledger, outlooks, configured);
	}

	@Bean
	TargetsSection targetsSection(Ledger ledger, Outlooks outlooks, Configured configured) {
		return new TargetsSection(ledger, outlooks, configured);
	}

	@Bean
	JobsSection jobsSection(DefinitionsInForce definitions, Outlooks outlooks, Runs runs, JobCommits commits,
			CommitLinks links) {
		return new JobsSection(definitions, outlooks, runs, commits, links);
	}

	@Bean
	GuideSection guideSection(Configured configured) {
		return new GuideSection(configured);
	}

}
