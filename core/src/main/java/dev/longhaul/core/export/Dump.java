package dev.longhaul.core.export;

import java.time.Duration;
import java.util.List;

import dev.longhaul.core.profile.Script;
import dev.longhaul.core.workload.Place;
import org.jspecify.annotations.Nullable;

/**
 * An export of what a command in a container prints. Consistent in itself, so that nobody
 * has to stand still for it.
 *
 * @param origin what it is of, for people, in a few words
 * @param timeout from its beginning until the last of it is in the bucket
 */
public record Dump(ExportName name, String origin, Place place, List<String> command,
		Duration timeout) implements ExportSource {

	/** No dump takes longer. */
	public static final Duration LONGEST = Duration.ofHours(12);

	private static final Script MARIADB = Script.of(Dump.class, "mariadb-dump.sh").after(Script.MARIADB_ROOT);

	private static final Script POSTGRESQL = Script.of(Dump.class, "postgresql-dump.sh")
		.after(Script.POSTGRESQL_SUPERUSER);

	private static final Script SQLITE = Script.of(Dump.class, "sqlite-dump.sh");

	public Dump {
		command = List.copyOf(command);
		if (command.isEmpty()) {
			throw new IllegalArgumentException("a dump without a command prints nothing");
		}
		if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST) > 0) {
			throw new IllegalArgumentException("a dump may take up to 12 hours, not " + timeout);
		}
	}

	/**
	 * SQL of MariaDB or MySQL.
	 * @param database null for all, with their users
	 */
	public static Dump ofMariadb(ExportName name, Place place, @Nullable String database, Duration timeout) {
		return new Dump(name, "MariaDB, " + described(database), place, MARIADB.command(argument(database)), timeout);
	}

	/**
	 * SQL of PostgreSQL, which any newer version reads; compressed it is not larger than
	 * PostgreSQL's own archive.
	 * @param database null for all, with their roles
	 */
	public static Dump ofPostgresql(ExportName name, Place place, @Nullable String database, Duration timeout) {
		return new Dump(name, "PostgreSQL, " + described(database), place, POSTGRESQL.command(argument(database)),
				timeout);
	}

	/**
	 * SQL of SQLite.
	 * @param file in the container, where there has to be a {@code sqlite3}
	 */
	public static Dump ofSqlite(ExportName name, Place place, String file, Duration timeout) {
		return new Dump(name, "SQLite, " + file, place, SQLITE.command(file), timeout);
	}

	private static String described(@Nullable String database) {
		return (database != null) ? "database " + database : "all databases";
	}

	private static String argument(@Nullable String database) {
		return (database != null) ? database : "";
	}

}
