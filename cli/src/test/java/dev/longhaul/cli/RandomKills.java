package dev.longhaul.cli;

import java.io.IOException;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills programs, with no chance to tidy up, at so many random moments.
 */
final class RandomKills {

	private final int most;

	private final int latestMillis;

	private final Random random;

	private int done;

	/**
	 * @param latestMillis after a program's start
	 */
	RandomKills(int most, int latestMillis, long seed) {
		this.most = most;
		this.latestMillis = latestMillis;
		this.random = new Random(seed);
	}

	int done() {
		return done;
	}

	boolean areLeft() {
		return done < most;
	}

	/**
	 * Kills it, or lets it come to its end if no kills are left.
	 * @return whether it came to its end, which has to be a good one
	 */
	boolean letFinish(Program program) throws IOException, InterruptedException {
		if (areLeft()) {
			Thread.sleep(random.nextInt(latestMillis));
			if (!program.hasEnded()) {
				program.signal("KILL");
				program.status();
				done++;
				return false;
			}
		}
		assertThat(program.status()).as("after %d kills: %s%s", done, program.out(), program.errors()).isZero();
		return true;
	}

}
