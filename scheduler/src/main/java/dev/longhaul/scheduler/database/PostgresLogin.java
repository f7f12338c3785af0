package dev.longhaul.scheduler.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;

/**
 * Where a PostgreSQL is, and who we are to it. Not a record: the password is never
 * printed.
 */
public final class PostgresLogin {

	/** In bytes. */
	private static final int LONGEST = 4096;

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
		return new PostgresLogin(url, readFile(credentials.resolve("username")),
				readFile(credentials.resolve("password")));
	}

	private static String readFile(Path file) {
		try (InputStream in = Files.newInputStream(file)) {
			byte[] bytes = in.readNBytes(LONGEST + 1);
			if (bytes.length > LONGEST) {
				throw new IOException("it has more than %d bytes".formatted(LONGEST));
			}
			return new String(bytes, StandardCharsets.UTF_8).strip();
		}
		catch (IOException ex) {
			throw new RefusedRequest(FailureCode.MISSING_CREDENTIALS,
					"'%s' cannot be read: %s".formatted(file, ex.getMessage()),
					"longhaul.postgresql.credentials is a directory with the files 'username' and 'password'", ex);
		}
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
