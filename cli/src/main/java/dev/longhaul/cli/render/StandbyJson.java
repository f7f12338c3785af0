package dev.longhaul.cli.render;

import java.io.OutputStream;
import java.util.List;

import dev.longhaul.core.cluster.RestoredVolume;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.restore.run.VolumeOutcome;
import dev.longhaul.restore.run.VolumeOutcome.Failed;
import dev.longhaul.restore.run.VolumeOutcome.Skipped;

/**
 * The volumes that stand by in a cluster, for machines, as
 * {@code docs/schema/standby.schema.json} describes it.
 */
public final class StandbyJson {

	private StandbyJson() {
	}

	/**
	 * @param outcomes of those that were asked for just now
	 */
	public static void write(List<RestoredVolume> standing, List<VolumeOutcome> outcomes, OutputStream out) {
		JsonDocument.write(out, json -> {
			json.objects("volumes", standing, volume -> write(json, volume));
			json.objects("skipped", of(outcomes, Skipped.class), skipped -> {
				json.text("name", skipped.volume().name().value());
				json.text("reason", skipped.why());
			});
			json.objects("failed", of(outcomes, Failed.class), failed -> {
				LonghaulException failure = failed.failure();
				json.text("name", failed.volume().name().value());
				json.text("code", failure.code().name());
				json.text("reason", failure.fact());
				json.text("hint", failure.hint());
			});
		});
	}

	private static <T extends VolumeOutcome> List<T> of(List<VolumeOutcome> outcomes, Class<T> kind) {
		return outcomes.stream().filter(kind::isInstance).map(kind::cast).toList();
	}

	private static void write(JsonDocument json, RestoredVolume volume) {
		json.text("name", volume.name().value());
		json.textOrNull("follows", volume.source().map(VolumeName::value).orElse(null));
		json.number("sizeBytes", volume.size().bytes());
		json.truth("upToDate", volume.isUpToDate());
		json.textOrNull("backup", volume.lastRestored().isEmpty() ? null : volume.lastRestored());
		json.textOrNull("newest", volume.newest().isEmpty() ? null : volume.newest());
		json.number("percent", volume.isFollowing() ? 100 : volume.progress());
		json.textOrNull("failure", volume.isFailed() ? volume.failure() : null);
	}

}
