package dev.longhaul.scheduler.page;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Clause;
import dev.longhaul.core.verdict.Judgement;
import dev.longhaul.core.verdict.Place;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.verdict.Verdict;
import dev.longhaul.core.text.Progress;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.scheduler.page.application.ApplicationPage;
import dev.longhaul.scheduler.page.application.PointRow;
import dev.longhaul.scheduler.page.application.VolumeRow;
import dev.longhaul.scheduler.page.guide.GuidePage;
import dev.longhaul.scheduler.page.job.JobPage;
import dev.longhaul.scheduler.page.job.JobRow;
import dev.longhaul.scheduler.page.job.JobState;
import dev.longhaul.scheduler.page.job.JobsPage;
import dev.longhaul.scheduler.page.job.Revision;
import dev.longhaul.scheduler.page.login.LoginPage;
import dev.longhaul.scheduler.page.overview.ApplicationRow;
import dev.longhaul.scheduler.page.overview.ApplicationRow.Remedy;
import dev.longhaul.scheduler.page.overview.BucketFigures;
import dev.longhaul.scheduler.page.overview.OverviewPage;
import dev.longhaul.scheduler.page.picture.Sample;
import dev.longhaul.scheduler.page.picture.StackedAreas.Series;
import dev.longhaul.scheduler.page.picture.Timeline.Fate;
import dev.longhaul.scheduler.page.picture.Timeline.Form;
import dev.longhaul.scheduler.page.problem.ProblemPage;
import dev.longhaul.scheduler.page.run.RunLog;
import dev.longhaul.scheduler.page.run.RunPage;
import dev.longhaul.scheduler.page.run.RunRow;
import dev.longhaul.scheduler.page.run.RunState;
import dev.longhaul.scheduler.page.run.RunsPage;
import dev.longhaul.scheduler.page.run.Step;
import dev.longhaul.scheduler.page.run.VolumeProgress;
import dev.longhaul.scheduler.page.table.Query;
import dev.longhaul.scheduler.page.target.TargetRow;
import dev.longhaul.scheduler.page.target.TargetsPage;
import dev.longhaul.scheduler.page.verification.Coverage;
import dev.longhaul.scheduler.page.verification.DueRow;
import dev.longhaul.scheduler.page.verification.VerificationPage;
import org.jspecify.annotations.Nullable;

/**
 * Every page as a reader may meet it: the demo's applications on a bad day, nothing at
 * all, and very much. The texts that come from buckets, clusters and people are given.
 */
final class Samples {

	static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

	static final Instant NOW = Instant.parse("2026-11-22T08:30:00Z");

	static final Reader READER = new Reader(NOW, ZONE);

	static final Frame FRAME = new Frame("home", "0.1.0", READER, "anna", new Csrf("_csrf", "c5rf-t0ken"), List.of());

	static final Frame OUTSIDE = new Frame("home", "0.1.0", READER, null, new Csrf("_csrf", "c5rf-t0ken"), List.of());

	private static final JobName NIGHTLY = new JobName("nightly");

	private static final Instant NIGHT = Instant.parse("2026-11-22T01:30:00Z");

	private static final String BUCKET = "s3://longhorn-backups@eu-central-003/longhorn";

	private Samples() {
	}

	/** One page of each kind, by path. */
	static Map<String, Page> badDay() {
		Map<String, Page> pages = pagesWith("mirror 'nas' was last seen 9 d ago");
		pages.put("/", overview(household("mirror 'nas' was last seen 9 d ago"), Query.of("/"), "about $2.47"));
		return pages;
	}

	/**
	 * @param told what buckets, clusters and people say
	 */
	static Map<String, Page> pagesWith(String told) {
		Map<String, Page> pages = new LinkedHashMap<>();
		pages.put("/", overview(household(told), Query.of("/"), told));
		pages.put("/applications/nextcloud", application(told));
		pages.put("/runs", runs(told));
		pages.put("/runs/running", running(told));
		pages.put("/runs/failed", failed(told));
		pages.put("/verification", verification(told));
		pages.put("/jobs", jobs(told));
		pages.put("/jobs/nightly", job(told));
		pages.put("/targets", targets(told));
		pages.put("/restore", restore(told));
		pages.put("/migrations", new GuidePage(Section.MIGRATIONS, told, List.of()));
		pages.put("/problem", new ProblemPage(503, "The bucket did not answer", told, "TARGET_UNREACHABLE",
				"look at the target's page, then try again", "7f3a9c21"));
		return pages;
	}

	/** What a reader meets who is not logged in, by path. */
	static Map<String, Page> outside() {
		return Map.of("/login", new LoginPage("/", null, null), "/login-refused",
				new LoginPage("/runs?q=a", "The token is not one of ours, or it has expired.",
						new Link("log in with Keycloak", "/oauth2/authorization/keycloak")));
	}

	/** An installation in its first minute, by path. */
	static Map<String, Page> empty() {
		Map<String, Page> pages = new LinkedHashMap<>();
		pages.put("/", OverviewPage.of(List.of(), row -> row, Query.of("/"), List.of(), List.of(), NOW));
		ApplicationRow unjudged = new ApplicationRow(ApplicationRow.unjudged(new ApplicationName("gitea")), Map.of(),
				null, null, null, ByteSize.ZERO, List.of(), null);
		pages.put("/applications/gitea",
				new ApplicationPage(unjudged, null, ApplicationPage.points(List.of(), Query.of("/")), null,
						ApplicationPage.volumes(List.of()), List.of(), List.of(), List.of()));
		pages.put("/runs", new RunsPage(RunsPage.table(List.of(), Query.of("/runs")), null, null, List.of()));
		RunRow waiting = new RunRow("waiting", NIGHTLY, "backup", "schedule", NIGHT, null, null, RunState.WAITING, null,
				null);
		pages.put("/runs/waiting",
				new RunPage(waiting, null, List.of(), List.of(), new RunLog(List.of(), "", 0), List.of(), null));
		pages.put("/verification", new VerificationPage(Map.of(), LocalDate.of(2026, 11, 22), List.of(),
				VerificationPage.due(List.of(), Query.of("/verification")), List.of()));
		pages.put("/jobs", new JobsPage(JobsPage.table(List.of(), Query.of("/jobs")), null, null));
		JobRow never = new JobRow(NIGHTLY, "backup", "after other", JobState.PAUSED, null, null);
		pages.put("/jobs/nightly",
				new JobPage(never, "longhaul.yaml", List.of(), null, ZONE, List.of(), List.of(), List.of(), List.of()));
		pages.put("/targets", new TargetsPage(TargetsPage.table(List.of(), Query.of("/targets"))));
		pages.put("/migrations", new GuidePage(Section.MIGRATIONS, "Nothing to do.", List.of()));
		return pages;
	}

	/** The overview of a large installation. */
	static OverviewPage large(int applications) {
		List<ApplicationRow> rows = IntStream.range(0, applications)
			.mapToObj(i -> row("app-%03d".formatted(i), answers(i), "site of the bucket is not declared", i + 1))
			.toList();
		return overview(rows, Query.of("/"), "bucket");
	}

	static OverviewPage overview(List<ApplicationRow> rows, Query query, String told) {
		List<BucketFigures> buckets = List
			.of(new BucketFigures("default", gibibytes(423), sizes(423, 30, 7), told, 0.62));
		return OverviewPage.of(rows, row -> row, query, buckets,
				List.of(new Action("Run now", "/jobs/nightly/run", null)), NOW);
	}

	static List<ApplicationRow> household(String told) {
		return List.of(
				row("gitea", List.of(Answer.HOLDS, Answer.HOLDS, Answer.HOLDS, Answer.HOLDS, Answer.HOLDS), told, 10),
				row("nextcloud", List.of(Answer.HOLDS, Answer.HOLDS, Answer.HOLDS, Answer.UNKNOWN, Answer.FAILS), told,
						412),
				row("vaultwarden", List.of(Answer.HOLDS, Answer.FAILS, Answer.HOLDS, Answer.HOLDS, Answer.HOLDS), told,
						1),
				row("paperless", List.of(Answer.HOLDS, Answer.HOLDS, Answer.HOLDS, Answer.UNKNOWN, Answer.HOLDS), told,
						38));
	}

	static ApplicationRow row(String name, List<Answer> answers, String evidence, long gibibytes) {
		List<Judgement> judgements = new ArrayList<>();
		Iterator<Answer> answer = answers.iterator();
		for (Clause clause : Clause.values()) {
			judgements.add(new Judgement(clause, answer.next(), evidence));
		}
		Map<Clause, Remedy> remedies = Map.of(Clause.MEDIA,
				new Remedy("longhaul mirror " + BUCKET + " file:///mnt/nas", null), Clause.ERRORS,
				new Remedy(null, new Action("Back it up again now", "/jobs/nightly/run", "A new restore point of "
						+ name + " is made in full; the damaged one stays until it is proven.")));
		boolean damaged = answers.get(4) == Answer.FAILS;
		return new ApplicationRow(new Verdict(new ApplicationName(name), judgements), remedies,
				damaged ? NIGHT.minus(Duration.ofDays(1)) : NIGHT, damaged ? null : NIGHT.minus(Duration.ofDays(3)),
				Duration.ofHours(24), gibibytes(gibibytes), sizes(gibibytes, 30, gibibytes),
				Instant.parse("2026-11-23T01:30:00Z"));
	}

	static ApplicationPage application(String told) {
		List<PointRow> points = IntStream.range(0, 45).mapToObj(day -> point(day, told)).toList();
		List<VolumeRow> volumes = List.of(
				new VolumeRow(new ClaimRef("nextcloud", "nextcloud-data"), "pvc-0f3c", gibibytes(380), NIGHT),
				new VolumeRow(new ClaimRef("nextcloud", "data-nextcloud-mariadb-0"), told, gibibytes(32), NIGHT));
		List<Sample> windows = points.stream()
			.map(point -> new Sample(point.takenAt(), 300 + new Random(point.takenAt().toEpochMilli()).nextInt(600)))
			.toList();
		return new ApplicationPage(household(told).get(1), told,
				ApplicationPage.points(points, Query.of("/applications/nextcloud")), "/applications/nextcloud?before=x",
				ApplicationPage.volumes(volumes), windows,
				List.of(new Series("nextcloud-data", sizes(380, 90, 1)), new Series(told, sizes(32, 90, 2))),
				List.of(new Action("Run now", "/jobs/nightly/run", null)));
	}

	private static PointRow point(int day, String told) {
		Night night = new Night(NIGHTLY, NIGHT.minus(Duration.ofDays(day)));
		Form form = (day == 0) ? Form.DAMAGED
				: (day % 14 == 3) ? Form.STARTED : (day % 9 == 5) ? Form.TAKEN : Form.PROVEN;
		Proof proof = switch (form) {
			case DAMAGED -> new Proof.Refuted(NOW, told);
			case TAKEN -> new Proof.Unread(told);
			default -> new Proof.Proven(NOW, 24 + day, ByteSize.ofMebibytes(41 + day));
		};
		return new PointRow(night, night.scheduledFor().plusSeconds(4), form,
				(day > 40) ? Fate.REMOVED_NEXT : Fate.KEPT, gibibytes(412), Duration.ofMillis(412),
				List.of(place(BUCKET, "backblaze").copy(proof),
						place("file:///mnt/nas/longhorn", "home").copy(new Proof.Unread("not mirrored yet"))));
	}

	static RunsPage runs(String told) {
		List<RunRow> runs = new ArrayList<>();
		runs.add(run("running", RunState.RUNNING, NIGHT.plus(Duration.ofHours(7)), told));
		for (int day = 0; day < 25; day++) {
			RunState state = (day == 1) ? RunState.FAILED : (day == 6) ? RunState.CANCELLED : RunState.SUCCEEDED;
			runs.add(run("run-" + day, state, NIGHT.minus(Duration.ofDays(day)), "schedule"));
		}
		return new RunsPage(RunsPage.table(runs, Query.of("/runs")), null, "/runs?before=run-24",
				List.of(new Action("Run nightly", "/jobs/nightly/run", null)));
	}

	private static RunRow run(String id, RunState state, Instant at, String cause) {
		Instant end = state.isTerminal() ? at.plusSeconds(1261) : null;
		FailureCode code = (state == RunState.FAILED) ? FailureCode.TARGET_UNREACHABLE : null;
		return new RunRow(id, NIGHTLY, "backup", cause, at, at.plusSeconds(1), end, state, ByteSize.ofMebibytes(4711),
				code);
	}

	static RunPage running(String told) {
		Instant began = NOW.minusSeconds(312);
		List<Step> steps = List.of(step("Preflight", RunState.SUCCEEDED, began, 2),
				step("Snapshots of " + told, RunState.SUCCEEDED, began.plusSeconds(2), 9),
				step("Backups", RunState.RUNNING, began.plusSeconds(11), null),
				step("Read back", RunState.WAITING, null, null), step("Judge", RunState.WAITING, null, null));
		List<VolumeProgress> volumes = List.of(progress("gitea", "data-gitea-postgresql-0", 5120, 5120, told),
				progress("nextcloud", "nextcloud-data", 311, 420, "backup"), progress(told, told, 0, 0, "backup"));
		return new RunPage(run("running", RunState.RUNNING, began, told), null, steps, volumes, log(told),
				List.of(new Action("Cancel", "/runs/running/cancel",
						"What is quiet is released at once. Backups that Longhorn has begun are let finish; "
								+ "nothing is left half written, and the night counts as cancelled.")),
				"/runs/running/live");
	}

	static RunPage failed(String told) {
		List<Step> steps = List.of(step("Preflight", RunState.FAILED, NIGHT, 31),
				step("Snapshots", RunState.SKIPPED, null, null));
		return new RunPage(run("failed", RunState.FAILED, NIGHT, "schedule"),
				new RunPage.Failure(FailureCode.TARGET_UNREACHABLE, told, told), steps, List.of(), log(told),
				List.of(new Action("Run again", "/jobs/nightly/run", null)), null);
	}

	private static Step step(String name, RunState state, @Nullable Instant from, @Nullable Integer seconds) {
		return new Step("gitea", name, state, from,
				(from == null || seconds == null) ? null : from.plusSeconds(seconds),
				(seconds != null) ? "18 MiB, 2 MiB new" : "");
	}

	private static VolumeProgress progress(String application, String volume, long done, long total, String work) {
		return new VolumeProgress(application, volume, work, new Progress(0, done, total, Duration.ofSeconds(14)),
				"blocks", ByteSize.ofMebibytes(done), ByteSize.ZERO);
	}

	private static RunLog log(String told) {
		List<RunLog.Line> lines = new ArrayList<>();
		for (int i = 0; i < 30; i++) {
			RunLog.Level level = (i == 12) ? RunLog.Level.WARNING : (i == 29) ? RunLog.Level.ERROR : RunLog.Level.INFO;
			lines.add(new RunLog.Line(i + 1, NIGHT.plusSeconds(i), level, "gitea: snapshot 1/2 ready; " + told));
		}
		return new RunLog(lines, "", 30);
	}

	static VerificationPage verification(String told) {
		Random random = new Random(3);
		Map<LocalDate, ByteSize> days = new LinkedHashMap<>();
		LocalDate today = LocalDate.of(2026, 11, 22);
		for (int day = 0; day < 280; day++) {
			if (random.nextInt(9) > 0) {
				days.put(today.minusDays(day), ByteSize.ofMebibytes(40 + (long) Math.exp(random.nextInt(12))));
			}
		}
		List<Coverage> coverage = List.of(
				new Coverage(BUCKET, "of all restore points", 1204, 746, 1, gibibytes(423), gibibytes(262)),
				new Coverage(told, told, 4, 1, 0, gibibytes(420), gibibytes(3)));
		List<DueRow> due = List
			.of(new DueRow(told, BUCKET, Instant.parse("2026-11-23T01:30:00Z"), 1024, 1031, gibibytes(2)), new DueRow(
					"gitea, 4 restore points", "nas", Instant.parse("2026-11-24T03:00:00Z"), 88, 91, gibibytes(1)));
		return new VerificationPage(days, today, coverage, VerificationPage.due(due, Query.of("/verification")),
				List.of("longhaul/runs/x/manifest.json: " + told));
	}

	static JobsPage jobs(String told) {
		RunRow last = run("run-0", RunState.SUCCEEDED, NIGHT, "schedule");
		List<JobRow> jobs = List.of(
				new JobRow(NIGHTLY, "backup", "0 30 2 * * ? Europe/Berlin", JobState.ACTIVE,
						Instant.parse("2026-11-23T01:30:00Z"), last),
				new JobRow(new JobName("mirror-nas"), "mirror", "after nightly", JobState.ACTIVE, null,
						run("run-1", RunState.FAILED, NIGHT, "schedule")),
				new JobRow(new JobName("verify-all"), "verify", told, JobState.PAUSED, null, null));
		return new JobsPage(JobsPage.table(jobs, Query.of("/jobs")), revision(told), told);
	}

	static JobPage job(String told) {
		List<String> yaml = List.of("apiVersion: longhaul.dev/v1", "kind: BackupJob", "metadata:", "  name: nightly",
				"spec:", "  schedule:", "    cron: 0 30 2 * * ?", "    timeZone: Europe/Berlin", "  # " + told);
		List<Instant> next = IntStream.range(0, 10)
			.mapToObj(day -> Instant.parse("2026-11-23T01:30:00Z").plus(Duration.ofDays(day)))
			.toList();
		return new JobPage(jobs(told).jobs().rows().get(0), "apps/longhaul/jobs.yaml", yaml, revision(told),
				ZoneId.of("America/New_York"), next, List.of("nightly: cron becomes 0 0 3 * * ?", told),
				runs(told).runs().rows().subList(0, 5),
				List.of(new Action("Run now", "/jobs/nightly/run", null), new Action("Pause", "/jobs/nightly/pause",
						"A commit to Git pauses it; runs that have begun go on.")));
	}

	private static Revision revision(String told) {
		return new Revision("4f1c09e2a7b85d36c1f0", told, NOW.minus(Duration.ofHours(30)),
				new Link("commit", "https://gitea.example.org/me/homelab/commit/4f1c09e2"));
	}

	static TargetsPage targets(String told) {
		List<TargetRow> targets = List.of(
				new TargetRow("default", place(BUCKET, "backblaze"), Answer.HOLDS, "", NOW.minusSeconds(40),
						gibibytes(423), List.of(NIGHTLY)),
				new TargetRow("nas", new Place("file:///mnt/nas/longhorn", "file system", null, Answer.UNKNOWN, told),
						Answer.FAILS, told, NOW.minus(Duration.ofDays(9)), null,
						List.of(new JobName("mirror-nas"), NIGHTLY)));
		return new TargetsPage(TargetsPage.table(targets, Query.of("/targets")));
	}

	static GuidePage restore(String told) {
		return new GuidePage(Section.RESTORE,
				"A restore is planned first; nothing is replaced before its plan was shown.",
				List.of(new GuidePage.Command("Lists what can be restored.", "longhaul ls " + BUCKET),
						new GuidePage.Command(told, "longhaul export " + BUCKET
								+ " --volume pvc-0f3c --backup backup-5f0c --to disk.img")));
	}

	private static Place place(String url, String site) {
		return new Place(url, "object storage", site, Answer.HOLDS, "object lock, governance mode, 30 days");
	}

	static List<Sample> sizes(long gibibytes, int days, long seed) {
		Random random = new Random(seed);
		List<Sample> samples = new ArrayList<>();
		double most = (double) gibibytes;
		double size = most * 0.7;
		for (int day = days; day > 0; day--) {
			size = Math.min(most, size + random.nextDouble() * most * 0.6 / days);
			samples.add(new Sample(NOW.minus(Duration.ofDays(day)), size * 1024 * 1024 * 1024));
		}
		return samples;
	}

	private static List<Answer> answers(int seed) {
		Answer immutable = (seed % 3 == 0) ? Answer.UNKNOWN : Answer.HOLDS;
		Answer errors = (seed % 67 == 5) ? Answer.FAILS : Answer.HOLDS;
		return List.of(Answer.HOLDS, Answer.HOLDS, Answer.HOLDS, immutable, errors);
	}

	private static ByteSize gibibytes(long gibibytes) {
		return ByteSize.ofMebibytes(gibibytes * 1024);
	}

}
