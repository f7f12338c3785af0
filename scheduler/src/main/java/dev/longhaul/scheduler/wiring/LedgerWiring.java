package dev.longhaul.scheduler.wiring;

import java.time.Clock;

import javax.sql.DataSource;

import dev.longhaul.backupstore.catalog.RunCatalog;
import dev.longhaul.scheduler.ledger.Ledger;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * What is kept at hand of what the bucket tells. It is empty until somebody refreshes it.
 */
@Configuration(proxyBeanMethods = false)
class LedgerWiring {

	@Bean
	Ledger ledger(DataSource database, PlatformTransactionManager transactions, RunCatalog catalog, Clock clock) {
		return new Ledger(database, transactions, catalog.documents(), clock);
	}

}
