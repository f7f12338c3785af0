package dev.longhaul.scheduler.wiring;

import java.time.Clock;
import java.util.Optional;

import dev.longhaul.backupstore.catalog.KitRecordFile;
import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.object.ObjectStore;
import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.secret.NamedSecret;
import dev.longhaul.core.secret.SecretRef;
import dev.longhaul.longhorn.cluster.LonghornConnection;
import dev.longhaul.scheduler.kit.CredentialsInForce;
import dev.longhaul.scheduler.kit.KitWatch;
import dev.longhaul.scheduler.ledger.Ledger;
import dev.longhaul.scheduler.metric.ApplicationMeters;
import dev.longhaul.scheduler.news.RunNews;
import dev.longhaul.scheduler.news.StandingWatch;
import dev.longhaul.scheduler.notification.Notifier;
import dev.longhaul.scheduler.run.RunJournal;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What follows runs in a server that keeps running.
 */
@Configuration(proxyBeanMethods = false)
class NewsWiring {

	@Bean
	StandingWatch standingWatch(Ledger ledger, ApplicationMeters meters, Notifier notifier, KitWatch kit) {
		return new StandingWatch(ledger, meters, notifier, kit);
	}

	@Bean
	KitWatch kitWatch(KitRecordFile recorded, LonghaulProperties properties, LonghornConnection connection,
			KnownTargets targets, MeterRegistry meters, Notifier notifier, Clock clock) {
		CredentialsInForce inForce = new CredentialsInForce(targets.ownCredentials(),
				() -> credentialsOfLonghorn(properties, connection));
		return new KitWatch(recorded::read, inForce, meters, notifier::tell, clock);
	}

	private static Optional<NamedSecret> credentialsOfLonghorn(LonghaulProperties properties,
			LonghornConnection connection) {
		return connection.cluster()
			.backupTargets()
			.stream()
			.filter(target -> target.name().equals(properties.target().name()) && !target.credentialSecret().isEmpty())
			.findFirst()
			.flatMap(target -> connection.namedSecrets()
				.find(new SecretRef(properties.cluster().namespace(), target.credentialSecret())));
	}

	@Bean
	KitRecordFile kitRecord(ObjectStore store, BackupstoreLayout layout, StopSignal stop, Seal seal) {
		return new KitRecordFile(store, layout, stop, seal);
	}

	@Bean
	RunNews runNews(RunJournal journal, Notifier notifier, StandingWatch standing) {
		return new RunNews(journal, notifier, standing);
	}

}
