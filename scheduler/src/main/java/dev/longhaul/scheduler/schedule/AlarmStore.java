package dev.longhaul.scheduler.schedule;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;

import javax.sql.DataSource;

import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.impl.DirectSchedulerFactory;
import org.quartz.impl.SchedulerRepository;
import org.quartz.impl.jdbcjobstore.InvalidConfigurationException;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;
import org.quartz.impl.jdbcjobstore.StdJDBCDelegate;
import org.quartz.simpl.SimpleThreadPool;
import org.quartz.spi.ThreadExecutor;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/**
 * Quartz on the server's own database. An embedded one has this server alone; a
 * PostgreSQL may be shared by several, whose Quartz' take turns then.
 */
final class AlarmStore {

	/** Of all servers on one database. */
	private static final String SCHEDULER = "longhaul";

	private static final String POSTGRESQL = "PostgreSQL";

	/** After a database that could not be reached. */
	private static final long RETRY_MILLIS = 15_000;

	private AlarmStore() {
	}

	/**
	 * @param atOnce how many alarms may be answered at once
	 */
	static Scheduler scheduler(DataSource database, int atOnce) throws SchedulerException {
		String connections = UUID.randomUUID().toString();
		DBConnectionManager.getInstance().addConnectionProvider(connections, new Pooled(database));
		boolean shared = product(database).equals(POSTGRESQL);
		String instance = shared ? UUID.randomUUID().toString() : SCHEDULER;
		JobStoreTX store = new JobStoreTX();
		store.setInstanceName(SCHEDULER);
		store.setInstanceId(instance);
		store.setDataSource(connections);
		setDelegate(store, (shared ? PostgreSQLDelegate.class : StdJDBCDelegate.class).getName());
		store.setIsClustered(shared);
		// As text: nothing out of a database is ever deserialized.
		store.setUseProperties("true");
		ThreadExecutor threads = new Uninterrupted();
		store.setThreadExecutor(threads);
		SimpleThreadPool pool = new SimpleThreadPool(atOnce, Thread.NORM_PRIORITY);
		pool.setThreadNamePrefix("run");
		DirectSchedulerFactory factory = DirectSchedulerFactory.getInstance();
		factory.createScheduler(SCHEDULER, instance, pool, threads, store, Map.of(), null, 0, -1, RETRY_MILLIS, false,
				null);
		Scheduler made = factory.getScheduler(SCHEDULER);
		// One program opens it once; a test may open two, one after the other.
		SchedulerRepository.getInstance().remove(SCHEDULER);
		return made;
	}

	private static void setDelegate(JobStoreTX store, String type) throws SchedulerException {
		try {
			store.setDriverDelegateClass(type);
		}
		catch (InvalidConfigurationException ex) {
			throw new SchedulerException(ex);
		}
	}

	private static String product(DataSource database) throws SchedulerException {
		try (Connection connection = database.getConnection()) {
			return connection.getMetaData().getDatabaseProductName();
		}
		catch (SQLException ex) {
			throw new SchedulerException("the database cannot be asked what it is", ex);
		}
	}

	/**
	 * Quartz interrupts its own threads to end them, and an interrupt that hits H2 while
	 * it reads or writes closes its file, under whoever else uses it. These are not hit:
	 * they look themselves whether it is over, within a minute.
	 */
	private static final class Uninterrupted implements ThreadExecutor {

		@Override
		public void execute(Thread work) {
			Thread thread = new Thread(work, work.getName());
			thread.setDaemon(true);
			thread.start();
		}

		@Override
		public void initialize() {
			// There is nothing to be made ready.
		}

	}

	/**
	 * It is not Quartz' own: others use it, too, and it is closed by whoever opened it.
	 */
	private record Pooled(DataSource database) implements ConnectionProvider {

		@Override
		public Connection getConnection() throws SQLException {
			return database.getConnection();
		}

		@Override
		public void initialize() {
			// It was when the database was opened.
		}

		@Override
		public void shutdown() {
			// Whoever opened the database closes it.
		}

	}

}
