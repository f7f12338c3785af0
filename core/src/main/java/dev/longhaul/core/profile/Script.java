package dev.longhaul.core.profile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A script for the shell that every image of a built-in profile or dump has. Secrets are
 * read by the script, in the container, from where the image keeps them; they are never
 * among its arguments.
 */
public final class Script {

	private static final Script SECRET = of("secret.sh");

	/** What comes after it asks MariaDB or MySQL as root. */
	public static final Script MARIADB_ROOT = of("mariadb-root.sh").after(SECRET);

	/** What comes after it asks PostgreSQL as the superuser, whose name is in $user. */
	public static final Script POSTGRESQL_SUPERUSER = of("postgresql-superuser.sh").after(SECRET);

	private final String name;

	private final String text;

	private Script(String name, String text) {
		this.name = name;
		this.text = text;
	}

	/** One of the files beside this class. */
	static Script of(String name) {
		return of(Script.class, name);
	}

	/** One of the files beside another class. */
	public static Script of(Class<?> beside, String name) {
		try (InputStream source = beside.getResourceAsStream(name)) {
			return new Script(name,
					new String(Objects.requireNonNull(source, name).readAllBytes(), StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The same in the same shell, once another one is through. */
	public Script after(Script before) {
		return new Script(name, before.text + text);
	}

	/** The command that runs it. */
	public List<String> command(String... arguments) {
		List<String> command = new ArrayList<>(List.of("sh", "-c", text, name));
		command.addAll(List.of(arguments));
		return command;
	}

}
