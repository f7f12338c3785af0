package dev.longhaul.cli.render;

import java.io.OutputStream;
import java.time.Instant;
import java.util.List;

import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.job.JobDefinition;
import dev.longhaul.core.job.Start;
import dev.longhaul.gitops.definition.DefinitionSchema;
import dev.longhaul.gitops.definition.Definitions;
import dev.longhaul.gitops.definition.ReadResult;
import dev.longhaul.gitops.form.Problem;
import dev.longhaul.gitops.schedule.Recurrence;

/**
 * What came of reading definitions, for machines, as
 * {@code docs/schema/validate.schema.json} describes it.
 */
public final class DefinitionsJson {

	private static final int NEXT = 3;

	private final Instant now;

	public DefinitionsJson(Instant now) {
		this.now = now;
	}

	public void write(ReadResult result, OutputStream out) {
		JsonDocument.write(out, json -> {
			json.truth("valid", result instanceof ReadResult.Sound);
			List<Problem> problems = (result instanceof ReadResult.Refused refused) ? refused.problems() : List.of();
			json.objects("problems", problems, problem -> writeProblem(json, problem));
			Definitions definitions = (result instanceof ReadResult.Sound sound) ? sound.definitions()
					: new Definitions(List.of(), List.of());
			json.texts("applications",
					definitions.applications()
						.stream()
						.map(ApplicationDefinition::name)
						.map(Object::toString)
						.toList());
			json.objects("jobs", definitions.jobs(), job -> writeJob(json, job));
		});
	}

	static void writeProblem(JsonDocument json, Problem problem) {
		json.text("file", problem.position().file());
		json.number("line", problem.position().line());
		json.number("column", problem.position().column());
		json.text("fact", problem.fact());
		json.text("hint", problem.hint());
	}

	private void writeJob(JsonDocument json, JobDefinition job) {
		json.text("name", job.name().value());
		json.text("kind", job.getClass().getSimpleName());
		json.truth("suspended", job.trigger().suspended());
		if (job.trigger().start() instanceof Start.OnSchedule scheduled) {
			json.text("schedule", scheduled.schedule().expression());
			json.text("timeZone", scheduled.schedule().zone().getId());
			json.texts("next",
					Recurrence.of(scheduled.schedule()).next(now, NEXT).stream().map(Instant::toString).toList());
		}
		else {
			json.text("after", ((Start.After) job.trigger().start()).job().value());
		}
	}

	/** The schema of the definitions themselves. */
	public static void writeSchema(OutputStream out) {
		JsonDocument.writeTree(out, DefinitionSchema.allKinds());
	}

}
