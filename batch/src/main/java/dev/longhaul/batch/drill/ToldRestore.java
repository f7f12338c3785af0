package dev.longhaul.batch.drill;

import dev.longhaul.restore.plan.PlannedStep;
import dev.longhaul.restore.plan.PlannedVolume;
import dev.longhaul.restore.run.RestoreListener;

/**
 * Passes on what is told of a restore, but for its percents.
 */
record ToldRestore(DrillRunListener listener) implements RestoreListener {

	@Override
	public void began(PlannedStep step) {
		tell("%s: %s".formatted(step.kind().word(), step.what()));
	}

	@Override
	public void progressed(PlannedVolume volume, int percent) {
		// Nobody reads them in a log.
	}

	@Override
	public void restored(PlannedVolume volume) {
		tell("volume '%s' is restored, %s".formatted(volume.name(), volume.sizes()));
	}

	@Override
	public void failedOnce(PlannedVolume volume, String why) {
		tell("volume '%s': Longhorn gave up and is asked again: %s".formatted(volume.name(), why));
	}

	@Override
	public void told(String subject, String standing) {
		tell("%s %s".formatted(subject, standing));
	}

	@Override
	public void noted(String fact) {
		tell(fact);
	}

	private void tell(String what) {
		listener.on(new DrillEvent.Told(what));
	}

}
