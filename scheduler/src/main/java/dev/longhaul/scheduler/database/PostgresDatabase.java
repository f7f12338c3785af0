package dev.longhaul.scheduler.database;

import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;

/**
 * The server's database in a PostgreSQL, 13 or newer. Until runs can be shared, one
 * process works with it at a time, as with a file: whatever is found running at the start
 * was killed.
 */
public final class PostgresDatabase implements ServerDatabase {

	private static final System.Logger LOG = System.getLogger(PostgresDatabase.class.getName());

	/** Of a call to open a connection, and of the server's answer to a statement. */
	private static final Duration SILENCE = Duration.ofSeconds(30);

	/** SQLSTATE of a login that was refused. */
	private static final String INVALID_AUTHORIZATION = "28";

	/** SQLSTATE of a connection that could not be made or was lost. */
	private static final String CONNECTION = "08";

	/** SQLSTATE of a server that is starting or stopping, or has no connection left. */
	private static final String NOT_NOW = "57P";

	private static final String NO_ROOM = "53";

	private final HikariDataSource pool;

	private final ExclusiveUse use;

	private PostgresDatabase(HikariDataSource pool, ExclusiveUse use) {
		this.pool = pool;
		this.use = use;
	}

	/**
	 * Opens the database, creating its tables if there are none.
	 * @param connections used at once at most
	 * @throws LonghaulException if it does not answer, refuses, or another process works
	 * with it
	 */
	public static PostgresDatabase open(PostgresLogin login, int connections) {
		// One more: that of the exclusive use.
		HikariDataSource pool = pool(login, connections + 1);
		try {
			ExclusiveUse use = ExclusiveUse.of(pool, login.url());
			Migrations.apply(pool, "postgresql");
			return new PostgresDatabase(pool, use);
		}
		catch (SQLException ex) {
			pool.close();
			throw explain(ex, login);
		}
		catch (RuntimeException ex) {
			pool.close();
			throw ex;
		}
	}

	private static HikariDataSource pool(PostgresLogin login, int connections) {
		HikariDataSource pool = new HikariDataSource();
		pool.setPoolName("longhaul");
		pool.setJdbcUrl(login.url());
		pool.setUsername(login.user());
		pool.setPassword(login.password());
		pool.setMaximumPoolSize(connections);
		pool.setMinimumIdle(1);
		pool.setConnectionTimeout(SILENCE.toMillis());
		// Fails at once, with the reason, if the first connection cannot be made.
		pool.setInitializationFailTimeout(1);
		pool.addDataSourceProperty("ApplicationName", "longhaul");
		pool.addDataSourceProperty("connectTimeout", SILENCE.toSeconds());
		pool.addDataSourceProperty("tcpKeepAlive", true);
		return pool;
	}

	@Override
	public DataSource dataSource() {
		return pool;
	}

	@Override
	public void close() {
		use.close();
		pool.close();
	}

	private static LonghaulException explain(SQLException failure, PostgresLogin login) {
		String state = String.valueOf(failure.getSQLState());
		String fact = "the database '%s' cannot be used: %s".formatted(login.url(), failure.getMessage());
		if (state.startsWith(CONNECTION) || state.startsWith(NOT_NOW) || state.startsWith(NO_ROOM)) {
			return new TransientFailure(FailureCode.DATABASE_UNREACHABLE, fact,
					"check that PostgreSQL runs and that longhaul.postgresql.url names it", failure);
		}
		String hint = state.startsWith(INVALID_AUTHORIZATION)
				? "check the files 'username' and 'password' in longhaul.postgresql.credentials"
				: "Longhaul needs a database of its own, and the right to create tables in it";
		return new RefusedRequest(FailureCode.INVALID_CONFIGURATION, fact, hint, failure);
	}

	/**
	 * A lock that PostgreSQL gives up with the connection that holds it, so that a killed
	 * process leaves none behind.
	 */
	private record ExclusiveUse(Connection connection) {

		/** "longhaul" in ASCII; any other program that takes the number is in our way. */
		private static final long KEY = 0x6c6f_6e67_6861_756cL;

		/** What a process that just ended had is given up a moment later. */
		private static final String WAIT = "SET lock_timeout = '5s'";

		/** SQLSTATE of a lock that somebody else has for longer. */
		private static final String NOT_AVAILABLE = "55P03";

		static ExclusiveUse of(DataSource database, String url) throws SQLException {
			Connection connection = database.getConnection();
			try (Statement statement = connection.createStatement()) {
				statement.execute(WAIT);
				statement.execute("SELECT pg_advisory_lock(" + KEY + ")");
				return new ExclusiveUse(connection);
			}
			catch (SQLException ex) {
				connection.close();
				if (!NOT_AVAILABLE.equals(ex.getSQLState())) {
					throw ex;
				}
				throw new RefusedRequest(FailureCode.ALREADY_RUNNING,
						"another process works with the database '%s'".formatted(url),
						"wait for it to end, or give this one a database of its own", ex);
			}
		}

		/**
		 * The connection is not given back to be used otherwise: it ends with the pool.
		 */
		void close() {
			try (Statement statement = connection.createStatement()) {
				statement.execute("SELECT pg_advisory_unlock(" + KEY + ")");
			}
			catch (SQLException ex) {
				// Then it is given up with the connection.
				LOG.log(Level.DEBUG, "the database's lock could not be given up first", ex);
			}
		}

	}

}
