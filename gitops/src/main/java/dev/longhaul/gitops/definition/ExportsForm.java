package dev.longhaul.gitops.definition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.longhaul.core.export.Dump;
import dev.longhaul.core.export.ExportName;
import dev.longhaul.core.export.ExportPlan;
import dev.longhaul.core.export.ExportSource;
import dev.longhaul.core.export.ObjectList;
import dev.longhaul.core.export.Recipient;
import dev.longhaul.core.export.RepositoryBundle;
import dev.longhaul.core.workload.Place;
import dev.longhaul.gitops.form.Field;
import dev.longhaul.gitops.form.Form;
import dev.longhaul.gitops.form.Forms;
import dev.longhaul.gitops.form.ObjectForm;
import dev.longhaul.gitops.form.Values;
import org.jspecify.annotations.Nullable;

/**
 * The form of an application's exports, completed by the application's namespace.
 */
final class ExportsForm {

	private static final Duration USUAL = Duration.ofHours(1);

	private static final Field<ExportName> NAME = Field
		.required(
				"name", Forms.text("a name of at most 40 of a-z, 0-9 and inner '-'",
						"^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$", ExportName::new),
				"What it is called; its object in the bucket is, too.");

	private static final Field<Duration> TIMEOUT = Field.optional("timeout", DurationForm.DURATION, USUAL,
			"From its beginning until the last of it is in the bucket, 12h at most; 1h if left out.");

	private static final Field<Function<String, Place>> IN = Field.required("in", WorkloadForm.PLACE,
			"The container it runs in.");

	private static final Field<String> DATABASE = Field.optional("database",
			Forms.text("the name of a database", "^[^-]", ExportsForm::database),
			"The database; if left out all of them, with their users.");

	private static final Field<String> FILE = Field.required("file",
			Forms.text("an absolute path", "^/", ExportsForm::absolute), "The file of the database in the container.");

	private static final Field<List<String>> COMMAND = Field.required("command",
			Forms.listOf(Forms.text("word of a command, in quotes where it could be taken for a number", text -> text)),
			"The command that prints it, a word each; no shell is added. It is kept only if the command ends with 0.");

	private static final Field<Unnamed> MARIADB = Field.optional("mariadb",
			ObjectForm.of("a MariaDB or MySQL", ExportsForm::mariadb, IN, DATABASE),
			"SQL of MariaDB or MySQL, by mariadb-dump.");

	private static final Field<Unnamed> POSTGRESQL = Field.optional("postgresql",
			ObjectForm.of("a PostgreSQL", ExportsForm::postgresql, IN, DATABASE),
			"SQL of PostgreSQL, by pg_dump or pg_dumpall.");

	private static final Field<Unnamed> SQLITE = Field.optional("sqlite",
			ObjectForm.of("an SQLite database", ExportsForm::sqlite, IN, FILE),
			"SQL of SQLite, by the sqlite3 of the container.");

	private static final Field<Unnamed> RUN = Field.optional("run",
			ObjectForm.of("a command", ExportsForm::command, IN, COMMAND), "What a command of one's own prints.");

	private static final Form<Function<String, Dump>> DUMP = ObjectForm.of(
			"a name and one of 'mariadb', 'postgresql', 'sqlite' and 'run'", ExportsForm::dump, NAME, MARIADB,
			POSTGRESQL, SQLITE, RUN, TIMEOUT);

	private static final Field<List<Recipient>> RECIPIENTS = Field.optional("recipients",
			Forms.listOf(Forms.text("a public key of age", "^age1[02-9ac-hj-np-z]{58}$", Recipient::new)), List.of(),
			"Public keys of age, as age-keygen prints them: who can read the exports. If left out they are not encrypted.");

	private static final Field<List<Function<String, Dump>>> DUMPS = Field.optional("dumps", Forms.listOf(DUMP),
			List.of(), "What commands in its containers print.");

	private static final Field<Boolean> OBJECTS = Field.optional("objects", Forms.flag(), false,
			"Whether what is declared in its namespaces is exported: Kubernetes' objects, as kubectl apply takes them, "
					+ "without Secrets.");

	private static final Field<Boolean> REPOSITORY = Field.optional("repository", Forms.flag(), false,
			"Whether the repository that this is written in is exported, with all of its history, as git clone takes it.");

	static final Form<Function<String, ExportPlan>> EXPORTS = ObjectForm.of("exports", ExportsForm::exports, RECIPIENTS,
			DUMPS, OBJECTS, REPOSITORY);

	private ExportsForm() {
	}

	private static Function<String, ExportPlan> exports(Values values) {
		requireDistinct(values);
		if (sources(values, "any").isEmpty()) {
			throw new IllegalArgumentException("nothing is exported");
		}
		return namespace -> new ExportPlan(values.get(RECIPIENTS), sources(values, namespace));
	}

	private static List<ExportSource> sources(Values values, String namespace) {
		List<ExportSource> sources = new ArrayList<>();
		values.get(DUMPS).forEach(dump -> sources.add(dump.apply(namespace)));
		if (values.get(OBJECTS)) {
			sources.add(new ObjectList());
		}
		if (values.get(REPOSITORY)) {
			sources.add(new RepositoryBundle());
		}
		return sources;
	}

	private static void requireDistinct(Values values) {
		List<Recipient> recipients = values.get(RECIPIENTS);
		if (recipients.stream().distinct().count() != recipients.size()) {
			throw values.mistake(RECIPIENTS, "a recipient is named twice");
		}
		List<ExportName> names = sources(values, "any").stream().map(ExportSource::name).toList();
		if (names.stream().distinct().count() != names.size()) {
			throw values.mistake(DUMPS, "two exports have the same name");
		}
	}

	private static Function<String, Dump> dump(Values values) {
		List<Unnamed> kinds = Stream
			.of(values.find(MARIADB), values.find(POSTGRESQL), values.find(SQLITE), values.find(RUN))
			.filter(Objects::nonNull)
			.toList();
		if (kinds.size() != 1) {
			throw new IllegalArgumentException("a dump of %d kinds".formatted(kinds.size()));
		}
		Duration timeout = values.get(TIMEOUT);
		if (timeout.isZero() || timeout.compareTo(Dump.LONGEST) > 0) {
			throw values.mistake(TIMEOUT, "no dump may take " + (timeout.isZero() ? "no time" : "longer than 12h"));
		}
		return namespace -> kinds.get(0).named(values.get(NAME), namespace, timeout);
	}

	private static Unnamed mariadb(Values values) {
		return (name, namespace, timeout) -> Dump.ofMariadb(name, place(values, namespace), database(values), timeout);
	}

	private static Unnamed postgresql(Values values) {
		return (name, namespace, timeout) -> Dump.ofPostgresql(name, place(values, namespace), database(values),
				timeout);
	}

	private static Unnamed sqlite(Values values) {
		return (name, namespace, timeout) -> Dump.ofSqlite(name, place(values, namespace), values.get(FILE), timeout);
	}

	private static Unnamed command(Values values) {
		return (name, namespace, timeout) -> new Dump(name, "output of " + values.get(COMMAND).get(0),
				place(values, namespace), values.get(COMMAND), timeout);
	}

	private static Place place(Values values, String namespace) {
		return values.get(IN).apply(namespace);
	}

	private static @Nullable String database(Values values) {
		return values.find(DATABASE);
	}

	/** What begins with a hyphen would be taken for an option. */
	private static String database(String text) {
		if (text.startsWith("-")) {
			throw new IllegalArgumentException("'" + text + "' would be taken for an option");
		}
		return text;
	}

	private static String absolute(String text) {
		if (!text.startsWith("/")) {
			throw new IllegalArgumentException("'" + text + "' is no absolute path");
		}
		return text;
	}

	/** A dump that lacks its name, its namespace and its time. */
	@FunctionalInterface
	private interface Unnamed {

		Dump named(ExportName name, String namespace, Duration timeout);

	}

}
