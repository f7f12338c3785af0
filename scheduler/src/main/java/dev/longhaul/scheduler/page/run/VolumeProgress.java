package dev.longhaul.scheduler.page.run;

import java.time.Duration;

import dev.longhaul.core.text.Progress;
import dev.longhaul.core.text.Spans;
import dev.longhaul.core.volume.ByteSize;

/**
 * How far a run is with one volume.
 *
 * @param work what is being done, such as {@code backup}
 * @param total {@link ByteSize#ZERO} if it is not known yet
 * @param watched since the work began
 */
public record VolumeProgress(String application, String volume, String work, ByteSize done, ByteSize total,
		Duration watched) {

	/** {@code 96 MiB/s}. */
	public String rate() {
		return Spans.rate(done.bytes(), watched);
	}

	/** {@code 3 min 20 s left}; empty where nobody can say. */
	public String left() {
		return new Progress(0, done.bytes(), total.bytes(), watched).left();
	}

}
