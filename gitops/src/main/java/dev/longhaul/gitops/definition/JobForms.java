package dev.longhaul.gitops.definition;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.job.Applications;
import dev.longhaul.core.job.BackupJob;
import dev.longhaul.core.job.DrillBudget;
import dev.longhaul.core.job.DrillJob;
import dev.longhaul.core.job.JobDefinition;
import dev.longhaul.core.job.MirrorJob;
import dev.longhaul.core.job.Trigger;
import dev.longhaul.core.job.VerifyJob;
import dev.longhaul.core.retention.Retention;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.gitops.form.Field;
import dev.longhaul.gitops.form.Form;
import dev.longhaul.gitops.form.Forms;
import dev.longhaul.gitops.form.ObjectForm;
import dev.longhaul.gitops.form.Values;
import org.jspecify.annotations.Nullable;

/**
 * The forms of the kinds of jobs.
 */
final class JobForms {

	/** As Longhorn calls the target it has from the start. */
	private static final String DEFAULT_TARGET = "default";

	private static final int MOST_RESTORE_POINTS = 1000;

	private static final Field<List<ApplicationName>> APPLICATIONS = Field.optional("applications",
			Forms.listOf(Names.APPLICATION), "The applications it works on; all if they are left out.");

	private static final Field<Integer> RESTORE_POINTS = Field.optional("restorePoints",
			Forms.whole(1, MOST_RESTORE_POINTS), 1, "How many restore points of each application, from its newest.");

	private static final Field<String> TARGET = Field.optional("target", Names.TARGET, DEFAULT_TARGET,
			"The target that is read: Longhorn's own, or a mirror of it.");

	private static final Field<String> FROM = Field.optional("from", Names.TARGET, DEFAULT_TARGET,
			"The target that is copied.");

	private static final Field<String> TO = Field.required("to", Names.TARGET, "The target it is copied to.");

	private static final Field<Retention> RETENTION = Field.optional("retention", RetentionForm.RETENTION,
			"Which restore points of its applications are kept, by the calendar of 'timeZone'; all if it is left out.");

	private static final Field<ByteSize> DOWNLOAD = Field.optional("download", SizeForm.SIZE,
			DrillBudget.USUAL.download(), "What may be downloaded of each application at most.");

	private static final Field<ByteSize> VOLUME = Field.optional("volume", SizeForm.SIZE, DrillBudget.USUAL.volume(),
			"The largest volume that may be made.");

	private static final Field<Duration> START = Field.optional("start", DurationForm.DURATION,
			DrillBudget.USUAL.start(), "How long pods may take until they are ready.");

	private static final Field<DrillBudget> BUDGET = Field.optional("budget",
			ObjectForm.of("a budget",
					values -> new DrillBudget(values.get(DOWNLOAD), values.get(VOLUME), values.get(START)), DOWNLOAD,
					VOLUME, START),
			DrillBudget.USUAL, "What each drill may take; whatever would take more is not begun.");

	static final Form<Function<JobName, JobDefinition>> BACKUP = form("a night", JobForms::backup, APPLICATIONS,
			RETENTION);

	static final Form<Function<JobName, JobDefinition>> VERIFY = form("a verification", JobForms::verify, APPLICATIONS,
			RESTORE_POINTS, TARGET);

	static final Form<Function<JobName, JobDefinition>> MIRROR = form("a mirror", JobForms::mirror, APPLICATIONS, FROM,
			TO);

	static final Form<Function<JobName, JobDefinition>> DRILL = form("a drill", JobForms::drill, APPLICATIONS, BUDGET);

	private JobForms() {
	}

	private static Form<Function<JobName, JobDefinition>> form(String expected,
			Function<Values, Function<JobName, JobDefinition>> constructor, Field<?>... own) {
		Field<?>[] fields = Stream.of(TriggerForm.FIELDS, own).flatMap(Stream::of).toArray(Field<?>[]::new);
		return ObjectForm.of(expected, constructor, fields);
	}

	private static Function<JobName, JobDefinition> backup(Values values) {
		Trigger trigger = TriggerForm.trigger(values);
		Applications applications = applications(values);
		Retention declared = values.find(RETENTION);
		Retention retention = (declared != null) ? declared.in(TriggerForm.zone(values)) : null;
		return name -> new BackupJob(name, trigger, applications, retention);
	}

	private static Function<JobName, JobDefinition> verify(Values values) {
		Trigger trigger = TriggerForm.trigger(values);
		Applications applications = applications(values);
		int restorePoints = values.get(RESTORE_POINTS);
		String target = values.get(TARGET);
		return name -> new VerifyJob(name, trigger, applications, restorePoints, target);
	}

	private static Function<JobName, JobDefinition> mirror(Values values) {
		Trigger trigger = TriggerForm.trigger(values);
		Applications applications = applications(values);
		String from = values.get(FROM);
		String to = values.get(TO);
		if (from.equals(to)) {
			throw values.mistake(TO, "a mirror from '" + from + "' to itself is no second copy");
		}
		return name -> new MirrorJob(name, trigger, applications, from, to);
	}

	private static Function<JobName, JobDefinition> drill(Values values) {
		Trigger trigger = TriggerForm.trigger(values);
		Applications applications = applications(values);
		DrillBudget budget = values.get(BUDGET);
		return name -> new DrillJob(name, trigger, applications, budget);
	}

	private static Applications applications(Values values) {
		@Nullable List<ApplicationName> names = values.find(APPLICATIONS);
		if (names == null) {
			return new Applications.All();
		}
		Set<ApplicationName> distinct = new HashSet<>(names);
		if (distinct.size() < names.size()) {
			throw values.mistake(APPLICATIONS, "an application is there twice");
		}
		return new Applications.Only(distinct);
	}

}
