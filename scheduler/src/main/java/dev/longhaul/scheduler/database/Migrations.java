package dev.longhaul.scheduler.database;

import java.sql.SQLException;
import java.util.Arrays;

import javax.sql.DataSource;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.exception.FlywayValidateException;

/**
 * Brings the tables of a database up to date: one of no tables, of any earlier version,
 * or one whose migration was cut short. H2 commits each statement on its own, so every
 * statement of a script finds done what it has to do, or does it.
 */
final class Migrations {

	/** Before Flyway, there were the tables of the first script and no record of it. */
	private static final String BEFORE_FLYWAY = "0";

	private Migrations() {
	}

	/**
	 * @param product the folder of the scripts that only this product understands
	 * @throws SQLException if the database cannot be read or written
	 * @throws RefusedRequest if a newer version of the program has written it
	 */
	static void apply(DataSource database, String product) throws SQLException {
		Flyway flyway = Flyway.configure()
			.dataSource(database)
			.locations(scripts("common"), scripts(product))
			.baselineOnMigrate(true)
			.baselineVersion(BEFORE_FLYWAY)
			// By default a database of a newer program would do.
			.ignoreMigrationPatterns(new String[0])
			.load();
		try {
			if (wasCutShort(flyway)) {
				flyway.repair();
			}
			flyway.migrate();
		}
		catch (FlywayValidateException ex) {
			throw new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
					"the tables of the database are not those of this version, nor of an earlier one",
					"a newer Longhaul has written it: use that one, or give this one another longhaul.database", ex);
		}
		catch (FlywayException ex) {
			throw cause(ex);
		}
	}

	private static String scripts(String folder) {
		return "classpath:dev/longhaul/scheduler/database/" + folder;
	}

	/** A statement failed, on a full disk, say; a killed process leaves no such note. */
	private static boolean wasCutShort(Flyway flyway) {
		return Arrays.stream(flyway.info().all()).anyMatch(script -> script.getState() == MigrationState.FAILED);
	}

	private static SQLException cause(FlywayException failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException sql) {
				return sql;
			}
		}
		throw failure;
	}

}
