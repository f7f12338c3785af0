package dev.longhaul.gitops.definition;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.longhaul.core.profile.OwnProfile;
import dev.longhaul.core.profile.QuietStep;
import dev.longhaul.core.workload.Place;
import dev.longhaul.core.workload.Workload;
import dev.longhaul.gitops.form.Field;
import dev.longhaul.gitops.form.Form;
import dev.longhaul.gitops.form.Forms;
import dev.longhaul.gitops.form.ObjectForm;
import dev.longhaul.gitops.form.Values;

/**
 * The form of the user's own steps; each is completed by the application's namespace and
 * the limit of the window.
 */
final class StepForm {

	private static final int LONGEST_NAME = 60;

	private static final Form<List<String>> WORDS = Forms
		.listOf(Forms.text("word of a command, in quotes where it could be taken for a number", text -> text));

	private static final Field<Function<String, Place>> IN = Field.required("in", WorkloadForm.PLACE,
			"The container in which the commands run.");

	private static final Field<Duration> TIMEOUT = Field.optional("timeout", DurationForm.DURATION,
			Duration.ofSeconds(30), "For each of its commands; 30s if left out.");

	private static final Field<List<String>> BEFORE = Field.required("before", WORDS,
			"The command that makes it quiet, a word each; no shell is added.");

	private static final Field<List<String>> AFTER = Field.optional("after", WORDS, List.of(),
			"The command that undoes it. It has to do no harm where nothing is to be undone.");

	private static final Field<List<String>> UNLESS = Field.optional("unless", WORDS, List.of(),
			"A command that says whether it is quiet: exit code 0 if it is, 1 if not. If it was quiet before, neither "
					+ "of the others is run; when the snapshots are ready it has to be quiet still.");

	private static final Field<List<String>> COMMAND = Field.required("command", WORDS,
			"A command that prints 'longhaul: held' once it is quiet, and again for every line of its input; when "
					+ "its input ends it undoes what it did, and ends.");

	private static final Field<List<String>> PATHS = Field.required("paths",
			Forms.listOf(Forms.text("an absolute path without spaces", "^/\\S*$", StepForm::path)),
			"Where the file systems are mounted in the container, which needs the capability SYS_ADMIN.");

	private static final Field<Function<String, Workload>> WORKLOAD = Field.required("workload", WorkloadForm.WORKLOAD,
			"The workload whose pods end.");

	private static final Field<Duration> END = Field.optional("timeout", DurationForm.DURATION, Duration.ofMinutes(3),
			"Until its pods have ended; 3m if left out.");

	private static final Field<BiFunction<String, Duration, QuietStep>> RUN = Field.optional("run",
			ObjectForm.of("commands before and after", StepForm::run, IN, BEFORE, AFTER, UNLESS, TIMEOUT),
			"Runs commands before and after the snapshots.");

	private static final Field<BiFunction<String, Duration, QuietStep>> HOLD = Field.optional("hold",
			ObjectForm.of("a command that holds", StepForm::hold, IN, COMMAND, AFTER, TIMEOUT),
			"Runs one command that is there during the snapshots.");

	private static final Field<BiFunction<String, Duration, QuietStep>> SCALE_TO_ZERO = Field.optional("scaleToZero",
			ObjectForm.of("a workload", StepForm::scale, WORKLOAD, END),
			"Ends all pods of a workload, and gives it as many as it had afterwards.");

	private static final Field<BiFunction<String, Duration, QuietStep>> FREEZE = Field.optional("freeze",
			ObjectForm.of("file systems to freeze", StepForm::freeze, IN, PATHS, TIMEOUT),
			"Freezes file systems with fsfreeze; they thaw by themselves when the window's timeout is over.");

	static final Form<BiFunction<String, Duration, QuietStep>> STEP = ObjectForm
		.of("one of 'run', 'hold', 'scaleToZero' and 'freeze'", StepForm::step, RUN, HOLD, SCALE_TO_ZERO, FREEZE);

	private StepForm() {
	}

	private static BiFunction<String, Duration, QuietStep> step(Values values) {
		List<BiFunction<String, Duration, QuietStep>> steps = Stream
			.of(values.find(RUN), values.find(HOLD), values.find(SCALE_TO_ZERO), values.find(FREEZE))
			.filter(Objects::nonNull)
			.toList();
		if (steps.size() != 1) {
			throw new IllegalArgumentException("a step of %d kinds".formatted(steps.size()));
		}
		return steps.get(0);
	}

	private static BiFunction<String, Duration, QuietStep> run(Values values) {
		List<String> before = values.get(BEFORE);
		return (namespace, limit) -> new QuietStep.Run(name(before), "", values.get(IN).apply(namespace), before,
				values.get(AFTER), values.get(UNLESS), values.get(TIMEOUT));
	}

	private static BiFunction<String, Duration, QuietStep> hold(Values values) {
		List<String> command = values.get(COMMAND);
		return (namespace, limit) -> new QuietStep.Hold(name(command), "", values.get(IN).apply(namespace), command,
				values.get(AFTER), values.get(TIMEOUT));
	}

	private static BiFunction<String, Duration, QuietStep> scale(Values values) {
		return (namespace, limit) -> new QuietStep.ScaleToZero("scale to zero", "",
				values.get(WORKLOAD).apply(namespace), values.get(END));
	}

	private static BiFunction<String, Duration, QuietStep> freeze(Values values) {
		return (namespace, limit) -> OwnProfile.freeze(values.get(IN).apply(namespace), values.get(PATHS),
				values.get(TIMEOUT), limit);
	}

	private static String name(List<String> command) {
		String words = String.join(" ", command);
		return (words.length() > LONGEST_NAME) ? words.substring(0, LONGEST_NAME) + "…" : words;
	}

	private static String path(String text) {
		if (!text.matches("/\\S*")) {
			throw new IllegalArgumentException("'" + text + "' is no such path");
		}
		return text;
	}

}
