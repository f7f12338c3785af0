package dev.longhaul.scheduler.night;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import dev.longhaul.batch.backup.FailureNote;
import dev.longhaul.batch.backup.NightEvent;
import dev.longhaul.batch.launch.NightEnd;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.export.StoredExport;
import dev.longhaul.core.text.Progress;
import dev.longhaul.core.text.Spans;
import dev.longhaul.core.verdict.CheckResult;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.scheduler.wording.VerdictTable;
import dev.longhaul.scheduler.wording.Wording;

/**
 * Shows a night while it runs: one line per finished application on standard output, one
 * live line per running piece of work.
 */
final class TextReport implements NightReport {

	private static final int MIN_NAME = 11;

	private final LiveLines lines;

	private final Wording wording;

	private final Clock clock;

	private final Map<ApplicationName, NightEvent.SnapshotsReady> snapshots = new ConcurrentHashMap<>();

	/** Of every piece of work that has a live line, when and where it was first seen. */
	private final Map<String, Start> starts = new ConcurrentHashMap<>();

	private volatile int nameWidth;

	TextReport(LiveLines lines, Wording wording, Clock clock) {
		this.lines = lines;
		this.wording = wording;
		this.clock = clock;
	}

	@Override
	public void on(NightEvent event) {
		if (event instanceof NightEvent.Begun begun) {
			nameWidth = begun.applications().stream().mapToInt(name -> name.value().length()).max().orElse(0);
			lines.print(header(begun.night()));
		}
		else if (event instanceof NightEvent.Warned warned) {
			lines.note("warning: " + warned.warning());
		}
		else if (event instanceof NightEvent.SnapshotsReady ready) {
			snapshots.put(ready.application(), ready);
		}
		else if (event instanceof NightEvent.Uploading uploading) {
			show(uploading);
		}
		else if (event instanceof NightEvent.BackedUp made) {
			lines.hide(made.point().application().value());
			starts.put(made.point().application().value(), new Start(clock.instant(), 0));
		}
		else if (event instanceof NightEvent.Exported exported) {
			StoredExport export = exported.export();
			lines.print(line(exported.application(), "export %s   %s   %s stored, %s".formatted(export.name(),
					export.origin(), export.stored().size(), export.isEncrypted() ? "encrypted" : "not encrypted")));
		}
		else if (event instanceof NightEvent.ReadingBack reading) {
			show(reading);
		}
		else if (event instanceof NightEvent.Checking checking) {
			String key = checking.application().value();
			lines.show(key, line(checking.application(), "checking the data that was read back"));
		}
		else {
			onEnd(event);
		}
	}

	private void show(NightEvent.Uploading uploading) {
		String key = uploading.application() + "/" + uploading.volume();
		Progress progress = progress(key, uploading.percent(), 100);
		lines.show(key, line(uploading.application(), facts(progress, "backup of " + uploading.volume())));
	}

	private void show(NightEvent.ReadingBack reading) {
		String key = reading.application().value();
		Progress progress = progress(key, reading.blocks(), reading.of());
		String rate = Spans.rate(reading.read().bytes(), progress.watched());
		lines.show(key, line(reading.application(), facts(progress, "%s  %s  reading back %d of %s"
			.formatted(reading.read(), rate, reading.blocks(), Wording.count(reading.of(), "block")))));
	}

	/** What matters least comes last, where a narrow terminal cuts. */
	private static String facts(Progress progress, String rest) {
		String left = progress.left();
		return progress.bar() + (left.isEmpty() ? "" : "  " + left) + "  " + rest;
	}

	private Progress progress(String key, long done, long total) {
		Instant now = clock.instant();
		Start start = starts.merge(key, new Start(now, done),
				(first, again) -> (again.done() < first.done()) ? again : first);
		return new Progress(start.done(), done, total, Duration.between(start.at(), now));
	}

	private void onEnd(NightEvent event) {
		if (event instanceof NightEvent.ReadBack back) {
			lines.hide(back.point().application().value());
			lines.print(line(back.point().application(), "%s   %s   %s".formatted(snapshots(back),
					"backup %s (%s new)".formatted(size(back), back.uploaded()), proof(back.proof()))));
		}
		else if (event instanceof NightEvent.Thinned thinned) {
			lines.print(line(thinned.application(),
					"retention   %s removed".formatted(Wording.count(thinned.report().removed(), "restore point"))));
		}
		else if (event instanceof NightEvent.Failed failed) {
			lines.hide(failed.application().value());
			lines.print(failure(failed.application(), failed.failure()));
		}
	}

	@Override
	public void end(NightResult result, Instant now) {
		lines.hideAll();
		if (result.end() == NightEnd.PROVEN_BEFORE) {
			lines.print(header(result.proof().night()) + "  proven already at "
					+ wording.dateAndTime(result.proof().judgedAt()));
		}
		new VerdictTable(wording).lines(VerdictTable.Row.of(result.proof()), now).forEach(lines::print);
	}

	@Override
	public void failed(LonghaulException failure) {
		lines.hideAll();
	}

	private String header(Night night) {
		return "Night %s  %s".formatted(wording.dateAndTime(night.scheduledFor()), night.job());
	}

	private String snapshots(NightEvent.ReadBack back) {
		int count = back.point().backups().size();
		String text = "%s %d/%d".formatted((count == 1) ? "snapshot" : "snapshots", count, count);
		NightEvent.SnapshotsReady ready = snapshots.get(back.point().application());
		boolean apart = back.point().spread().toSeconds() >= 60;
		if (apart) {
			return text + " (%s apart)".formatted(Spans.of(back.point().spread()));
		}
		return (ready != null) ? "%s %s%s".formatted(text, Spans.of(ready.took()), quiet(ready.quiet())) : text;
	}

	private static String quiet(Duration quiet) {
		return quiet.isZero() ? "" : ", quiet " + Spans.of(quiet);
	}

	private static String size(NightEvent.ReadBack back) {
		return back.point().backups().stream().map(VolumeBackup::size).reduce(ByteSize.ZERO, ByteSize::plus).toString();
	}

	private static String proof(Proof proof) {
		if (proof instanceof Proof.Proven proven) {
			return "read back %s  ok%s".formatted(Wording.count(proven.blocks(), "block"), checks(proven));
		}
		if (proof instanceof Proof.Refuted refuted) {
			return "read back  ✕ " + refuted.finding();
		}
		return "read back  ◌ " + ((Proof.Unread) proof).reason();
	}

	/** What passed is counted; what could not be run is said. */
	private static String checks(Proof.Proven proven) {
		long passed = proven.checks().stream().filter(CheckResult.Passed.class::isInstance).count();
		String notRun = proven.checks()
			.stream()
			.filter(CheckResult.NotRun.class::isInstance)
			.map(check -> ", ◌ not checked: " + check.what())
			.collect(Collectors.joining());
		return ((passed > 0) ? ", %s passed".formatted(Wording.count(passed, "check")) : "") + notRun;
	}

	private String failure(ApplicationName application, FailureNote failure) {
		return line(application, "✕ %s   [%s]".formatted(failure.fact(), failure.code()));
	}

	private String line(ApplicationName application, String rest) {
		return String.format(Locale.ROOT, "  %-" + Math.max(MIN_NAME, nameWidth) + "s   %s", application, rest);
	}

	private record Start(Instant at, long done) {

	}

}
