package dev.longhaul.gitops.definition;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.longhaul.core.profile.GiteaProfile;
import dev.longhaul.core.profile.MariadbProfile;
import dev.longhaul.core.profile.NextcloudProfile;
import dev.longhaul.core.profile.OwnProfile;
import dev.longhaul.core.profile.PostgresqlProfile;
import dev.longhaul.core.profile.Profile;
import dev.longhaul.core.profile.QuietPlan;
import dev.longhaul.core.profile.QuietStep;
import dev.longhaul.core.profile.VaultwardenProfile;
import dev.longhaul.core.workload.Place;
import dev.longhaul.core.workload.Workload;
import dev.longhaul.gitops.form.Field;
import dev.longhaul.gitops.form.Form;
import dev.longhaul.gitops.form.Forms;
import dev.longhaul.gitops.form.ObjectForm;
import dev.longhaul.gitops.form.Values;
import org.jspecify.annotations.Nullable;

/**
 * The form of an application's profile, completed by the application's namespace.
 */
final class ProfileForm {

	/** Without a workload that has to end first. */
	private static final Duration SHORT = Duration.ofMinutes(2);

	/** With one: its volumes are detached then, and attached anew for their snapshots. */
	private static final Duration LONG = Duration.ofMinutes(10);

	private static final Field<Duration> TIMEOUT = Field.optional("timeout", DurationForm.DURATION,
			"How long it may be quiet, from the first step until all snapshots are ready: at most 1h. If left out, 10m "
					+ "for gitea and postgresql, 2m for the others.");

	private static final Field<Function<String, Place>> IN = Field.required("in", WorkloadForm.PLACE,
			"The container it runs in.");

	private static final Field<String> DIRECTORY = Field.optional("directory",
			Forms.text("an absolute path", "^/", ProfileForm::absolute), "/var/www/html",
			"Where Nextcloud is installed in the container; /var/www/html if left out.");

	private static final Field<String> OCC = Field.optional("occ",
			Forms.text("a command such as php occ", text -> text), "php occ",
			"How occ is called there; 'php occ' if left out.");

	private static final Field<Duration> SETTLE = Field.optional("settle", DurationForm.DURATION, Duration.ofSeconds(5),
			"How long requests get that are under way when maintenance mode is switched on; 5s if left out.");

	private static final Field<Function<String, Workload>> GITEA_WORKLOAD = Field.required("workload",
			WorkloadForm.WORKLOAD, "Gitea itself; it is scaled to zero.");

	private static final Field<Function<String, Place>> GITEA_DATABASE = Field.optional("database", WorkloadForm.PLACE,
			"The container of its PostgreSQL, if it has one.");

	private static final Field<BiFunction<String, Duration, Profile>> NEXTCLOUD = Field.optional("nextcloud",
			ObjectForm.of("a Nextcloud", ProfileForm::nextcloud, IN, DIRECTORY, OCC, SETTLE),
			"Nextcloud's maintenance mode.");

	private static final Field<BiFunction<String, Duration, Profile>> VAULTWARDEN = Field.optional("vaultwarden",
			in(VaultwardenProfile::new), "A copy of Vaultwarden's SQLite database, made by Vaultwarden itself.");

	private static final Field<BiFunction<String, Duration, Profile>> GITEA = Field.optional("gitea",
			ObjectForm.of("a Gitea", ProfileForm::gitea, GITEA_WORKLOAD, GITEA_DATABASE),
			"Gitea is stopped during the snapshots.");

	private static final Field<BiFunction<String, Duration, Profile>> POSTGRESQL = Field.optional("postgresql",
			in(PostgresqlProfile::new), "A checkpoint, or on several volumes a stop, of PostgreSQL.");

	private static final Field<BiFunction<String, Duration, Profile>> MARIADB = Field.optional("mariadb",
			in(MariadbProfile::new), "A read lock of MariaDB or MySQL.");

	private static final Field<List<BiFunction<String, Duration, QuietStep>>> STEPS = Field.optional("steps",
			Forms.listOf(StepForm.STEP), "One's own steps, undone in the reverse order.");

	static final Form<Function<String, Profile>> PROFILE = ObjectForm.of(
			"one of 'nextcloud', 'vaultwarden', 'gitea', 'postgresql', 'mariadb' and 'steps'", ProfileForm::profile,
			NEXTCLOUD, VAULTWARDEN, GITEA, POSTGRESQL, MARIADB, STEPS, TIMEOUT);

	private ProfileForm() {
	}

	private static Form<BiFunction<String, Duration, Profile>> in(BiFunction<Place, Duration, Profile> constructor) {
		return ObjectForm.of("its container",
				values -> (namespace, limit) -> constructor.apply(values.get(IN).apply(namespace), limit), IN);
	}

	private static Function<String, Profile> profile(Values values) {
		Duration limit = limit(values);
		BiFunction<String, Duration, Profile> kind = onlyOne(values);
		return namespace -> kind.apply(namespace, limit);
	}

	private static BiFunction<String, Duration, Profile> onlyOne(Values values) {
		List<BiFunction<String, Duration, Profile>> kinds = Stream
			.of(values.find(NEXTCLOUD), values.find(VAULTWARDEN), values.find(GITEA), values.find(POSTGRESQL),
					values.find(MARIADB), own(values.find(STEPS)))
			.filter(Objects::nonNull)
			.toList();
		if (kinds.size() != 1) {
			throw new IllegalArgumentException("a profile of %d kinds".formatted(kinds.size()));
		}
		return kinds.get(0);
	}

	private static Duration limit(Values values) {
		Duration given = values.find(TIMEOUT);
		if (given == null) {
			return (values.find(GITEA) != null || values.find(POSTGRESQL) != null) ? LONG : SHORT;
		}
		if (given.isZero() || given.compareTo(QuietPlan.LONGEST) > 0) {
			throw values.mistake(TIMEOUT,
					"no application may be quiet for " + (given.isZero() ? "no time" : "longer than 1h"));
		}
		return given;
	}

	private static BiFunction<String, Duration, Profile> nextcloud(Values values) {
		return (namespace, limit) -> new NextcloudProfile(values.get(IN).apply(namespace), values.get(DIRECTORY),
				values.get(OCC), values.get(SETTLE), limit);
	}

	private static BiFunction<String, Duration, Profile> gitea(Values values) {
		Function<String, Place> database = values.find(GITEA_DATABASE);
		return (namespace, limit) -> new GiteaProfile(values.get(GITEA_WORKLOAD).apply(namespace),
				(database != null) ? database.apply(namespace) : null, limit);
	}

	private static @Nullable BiFunction<String, Duration, Profile> own(
			@Nullable List<BiFunction<String, Duration, QuietStep>> steps) {
		return (steps == null) ? null : (namespace,
				limit) -> new OwnProfile(steps.stream().map(step -> step.apply(namespace, limit)).toList(), limit);
	}

	private static String absolute(String text) {
		if (!text.startsWith("/")) {
			throw new IllegalArgumentException("'" + text + "' is no absolute path");
		}
		return text;
	}

}
