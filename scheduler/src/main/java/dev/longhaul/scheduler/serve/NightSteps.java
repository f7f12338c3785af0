package dev.longhaul.scheduler.serve;

import dev.longhaul.batch.backup.NightEvent;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.VolumeBackup;
import dev.longhaul.core.text.Spans;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.scheduler.run.RunStep.State;
import dev.longhaul.scheduler.run.RunSteps;

/**
 * Says which step a night is at, by what it tells. Applications are backed up side by
 * side, and read back one after the other.
 */
final class NightSteps {

	/** Of the night as a whole. */
	private static final String ALL = "";

	private static final String PREFLIGHT = "preflight";

	private static final String SNAPSHOTS = "snapshots";

	private static final String BACKUP = "backup";

	private static final String READ_BACK = "read back";

	private static final String JUDGEMENT = "judgement";

	private final RunSteps steps;

	NightSteps(RunSteps steps) {
		this.steps = steps;
	}

	void on(NightEvent event) {
		if (event instanceof NightEvent.Begun begun) {
			begin(begun);
		}
		else if (event instanceof NightEvent.Warned) {
			return;
		}
		else {
			passPreflight();
			onApplication(event);
		}
	}

	private void begin(NightEvent.Begun begun) {
		steps.begin(ALL, PREFLIGHT);
		for (ApplicationName application : begun.applications()) {
			steps.plan(application.value(), SNAPSHOTS);
			steps.plan(application.value(), BACKUP);
			steps.plan(application.value(), READ_BACK);
		}
		steps.plan(ALL, JUDGEMENT);
	}

	/** It says nothing of its own end. */
	private void passPreflight() {
		if (!steps.areOver(step -> step.name().equals(PREFLIGHT))) {
			steps.end(ALL, PREFLIGHT, State.DONE, "", 0);
		}
	}

	private void onApplication(NightEvent event) {
		if (event instanceof NightEvent.ApplicationBegun begun) {
			steps.begin(begun.application().value(), SNAPSHOTS);
		}
		else if (event instanceof NightEvent.SnapshotsReady ready) {
			steps.end(ready.application().value(), SNAPSHOTS, State.DONE, taken(ready), 0);
			steps.begin(ready.application().value(), BACKUP);
		}
		else if (event instanceof NightEvent.BackedUp made) {
			steps.end(made.point().application().value(), BACKUP, State.DONE, size(made), made.uploaded().bytes());
		}
		else if (event instanceof NightEvent.Exported exported) {
			ByteSize stored = exported.export().stored().size();
			steps.end(exported.application().value(), "export " + exported.export().name(), State.DONE,
					stored + " stored", stored.bytes());
		}
		else if (event instanceof NightEvent.ReadingBack reading) {
			steps.begin(reading.application().value(), READ_BACK);
		}
		else if (event instanceof NightEvent.ReadBack back) {
			read(back.point().application(), back.proof());
		}
		else if (event instanceof NightEvent.Failed failed) {
			steps.fail(failed.application().value(), failed.failure().fact());
			judgeIfLast();
		}
		else if (event instanceof NightEvent.Judged judged) {
			long proven = judged.proof()
				.applications()
				.stream()
				.filter(application -> application.tonight() instanceof Proof.Proven)
				.count();
			steps.end(ALL, JUDGEMENT, State.DONE,
					"%d of %d applications proven".formatted(proven, judged.proof().applications().size()), 0);
		}
	}

	private static String taken(NightEvent.SnapshotsReady ready) {
		return ready.taken() + " taken" + (ready.quiet().isZero() ? "" : ", quiet " + Spans.of(ready.quiet()));
	}

	private static String size(NightEvent.BackedUp made) {
		ByteSize size = made.point().backups().stream().map(VolumeBackup::size).reduce(ByteSize.ZERO, ByteSize::plus);
		return "%s, %s new".formatted(size, made.uploaded());
	}

	private void read(ApplicationName application, Proof proof) {
		if (proof instanceof Proof.Proven proven) {
			steps.end(application.value(), READ_BACK, State.DONE,
					"%d blocks, %s".formatted(proven.blocks(), proven.read()), proven.read().bytes());
		}
		else if (proof instanceof Proof.Refuted refuted) {
			steps.end(application.value(), READ_BACK, State.FAILED, refuted.finding(), 0);
		}
		else {
			steps.end(application.value(), READ_BACK, State.UNKNOWN, ((Proof.Unread) proof).reason(), 0);
		}
		judgeIfLast();
	}

	private void judgeIfLast() {
		if (steps.areOver(step -> !step.subject().isEmpty())) {
			steps.begin(ALL, JUDGEMENT);
		}
	}

}
