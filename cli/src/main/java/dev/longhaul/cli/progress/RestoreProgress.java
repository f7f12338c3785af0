package dev.longhaul.cli.progress;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.text.Printable;
import dev.longhaul.restore.plan.PlannedStep;
import dev.longhaul.restore.plan.PlannedVolume;
import dev.longhaul.restore.run.RestoreListener;

/**
 * Tells how far a restore is: a line for each step and each volume that is there again,
 * and where somebody looks, one that is replaced in place for those that are under way.
 */
public final class RestoreProgress implements RestoreListener, AutoCloseable {

	private static final String ERASE = "\r\u001B[K";

	private final Surroundings surroundings;

	private final int total;

	private final Map<String, Integer> underWay = new TreeMap<>();

	private int done;

	private boolean isDrawn;

	/**
	 * @param total of volumes
	 */
	public RestoreProgress(Surroundings surroundings, int total) {
		this.surroundings = surroundings;
		this.total = total;
	}

	@Override
	public void began(PlannedStep step) {
		say("%s: %s".formatted(step.kind().word(),
				step.kind().isOfOneApplication() ? "all applications" : step.what()));
	}

	@Override
	public void progressed(PlannedVolume volume, int percent) {
		underWay.put(name(volume), percent);
		draw();
	}

	@Override
	public void restored(PlannedVolume volume) {
		underWay.remove(name(volume));
		done++;
		say("  %s   %s   %d of %d".formatted(name(volume), volume.size(), done, total));
		draw();
	}

	@Override
	public void failedOnce(PlannedVolume volume, String why) {
		say("  %s   Longhorn gave up and is asked again: %s".formatted(name(volume), why));
	}

	@Override
	public void told(String subject, String standing) {
		say("  %s   %s".formatted(subject, standing));
	}

	@Override
	public void noted(String fact) {
		say("note: " + fact);
	}

	private static String name(PlannedVolume volume) {
		return (volume.claim() != null) ? volume.claim().ref().toString() : volume.name().value();
	}

	private void say(String line) {
		close();
		surroundings.errors().println(Printable.of(line));
		surroundings.errors().flush();
	}

	private void draw() {
		int width = surroundings.terminal().width();
		if (!surroundings.terminal().errors() || width == 0 || underWay.isEmpty()) {
			return;
		}
		String line = Printable.of(underWay.entrySet()
			.stream()
			.map(volume -> "%s %d %%".formatted(volume.getKey(), volume.getValue()))
			.collect(Collectors.joining("   ", "  ", "")));
		surroundings.errors().print(ERASE + line.substring(0, Math.min(line.length(), width - 1)));
		surroundings.errors().flush();
		isDrawn = true;
	}

	/** Removes the line that is replaced in place. */
	@Override
	public void close() {
		if (isDrawn) {
			surroundings.errors().print(ERASE);
			surroundings.errors().flush();
			isDrawn = false;
		}
	}

}
