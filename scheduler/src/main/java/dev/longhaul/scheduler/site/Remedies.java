package dev.longhaul.scheduler.site;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.job.JobDefinition;
import dev.longhaul.core.job.MirrorJob;
import dev.longhaul.core.job.VerifyJob;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Clause;
import dev.longhaul.core.verdict.Judgement;
import dev.longhaul.core.verdict.Verdict;
import dev.longhaul.scheduler.page.overview.ApplicationRow.Remedy;
import org.jspecify.annotations.Nullable;

/**
 * What mends the clauses of a verdict, as far as something can be said: a job to run, or
 * what is to be declared.
 */
final class Remedies {

	private static final String SITES = """
			# in the server's configuration, in your own words
			longhaul:
			  cluster: {site: home}
			  target: {site: the-provider}""";

	private static final String MIRROR = """
			# longhaul/jobs/mirror.yaml, in Git; longhaul.mirrors in the server's configuration says where '%s' is
			apiVersion: longhaul.dev/v1
			kind: MirrorJob
			metadata: {name: mirror}
			spec: {%s, from: %s, to: %s}""";

	private final Outlook outlook;

	private final Offers offers;

	private final Configured configured;

	Remedies(Outlook outlook, Offers offers, Configured configured) {
		this.outlook = outlook;
		this.offers = offers;
		this.configured = configured;
	}

	/** By the clauses that do not hold, for those that something mends. */
	Map<Clause, Remedy> of(Verdict verdict) {
		Map<Clause, Remedy> remedies = new EnumMap<>(Clause.class);
		for (Judgement judgement : verdict.open()) {
			Remedy remedy = of(verdict.application(), judgement);
			if (remedy != null) {
				remedies.put(judgement.clause(), remedy);
			}
		}
		return remedies;
	}

	private @Nullable Remedy of(ApplicationName application, Judgement judgement) {
		return switch (judgement.clause()) {
			case COPIES, MEDIA -> anotherCopy();
			case AWAY -> configured.saysSites() ? anotherCopy() : new Remedy(SITES, null);
			// Whether objects can be locked is decided when a bucket is made.
			case IMMUTABLE -> null;
			case ERRORS -> readBack(application, judgement.answer());
		};
	}

	private @Nullable Remedy anotherCopy() {
		Optional<JobDefinition> mirror = outlook.jobs().stream().filter(MirrorJob.class::isInstance).findFirst();
		if (mirror.isPresent()) {
			return offers.run(mirror.get()).map(action -> new Remedy(null, action)).orElse(null);
		}
		String begins = outlook.jobs()
			.stream()
			.findFirst()
			.map(job -> "after: " + job.name())
			.orElse("schedule: \"0 4 * * *\"");
		String to = configured.mirror();
		return new Remedy(MIRROR.formatted(to, begins, configured.own().name(), to), null);
	}

	/** Another backup if this one is damaged, another look if nobody knows. */
	private @Nullable Remedy readBack(ApplicationName application, Answer answer) {
		Stream<? extends JobDefinition> again = outlook.backups(application).stream();
		Stream<? extends JobDefinition> looks = outlook.jobs().stream().filter(VerifyJob.class::isInstance);
		List<? extends JobDefinition> jobs = ((answer == Answer.FAILS) ? again : Stream.concat(looks, again)).limit(1)
			.toList();
		return jobs.stream()
			.map(offers::run)
			.flatMap(Optional::stream)
			.map(action -> new Remedy(null, action))
			.findFirst()
			.orElse(null);
	}

}
