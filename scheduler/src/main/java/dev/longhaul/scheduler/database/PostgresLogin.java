package dev.longhaul.scheduler.database;

import java.nio.file.Path;
import java.util.regex.Pattern;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.scheduler.credential.SecretFile;

/**
 * Where a PostgreSQL is, and who we are to it. Not a record: the password is never
 * printed.
 */
public final class PostgresLogin {

	private static final String SCHEME = "jdbc:postgresql://";

	/** Would be printed with the URL. */
	private static final Pattern SECRET = Pattern.compile("[?&](user|password|sslpassword)=|//[^/]*@",
			Pattern.CASE_INSENSITIVE);

	private final String url;

	private final String user;

	private final String password;

	private PostgresLogin(String url, String user, String password) {
		this.url = url;
		this.user = user;
		this.password = password;
	}

	/**
	 * @param url as PostgreSQL's JDBC driver has it, without user and password
	 * @param credentials a directory with the files {@code username} and
	 * {@code password}, as a Secret is mounted
	 * @throws RefusedRequest if the URL is another one, or the files cannot be read
	 */
	public static PostgresLogin read(String url, Path credentials) {
		if (SECRET.matcher(url).find()) {
			throw new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
					"longhaul.postgresql.url names a user or a password",
					"leave them out of the URL: they belong into the files of longhaul.postgresql.credentials");
		}
		if (!url.startsWith(SCHEME)) {
			throw new RefusedRequest(FailureCode.INVALID_CONFIGURATION,
					"longhaul.postgresql.url is '%s'".formatted(url),
					"it is like %sdb.example.org/longhaul".formatted(SCHEME));
		}
		return new PostgresLogin(url, new SecretFile(credentials.resolve("username")).read(),
				new SecretFile(credentials.resolve("password")).read());
	}

	String url() {
		return url;
	}

	String user() {
		return user;
	}

	String password() {
		return password;
	}

	@Override
	public String toString() {
		return url;
	}

}
