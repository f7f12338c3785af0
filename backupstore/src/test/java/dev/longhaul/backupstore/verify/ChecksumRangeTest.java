package dev.longhaul.backupstore.verify;

import java.util.List;
import java.util.Random;

import dev.longhaul.backupstore.format.Checksum;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ChecksumRangeTest {

	private static final Checksum LOWEST = new Checksum(0, 0, 0, 0);

	private static final Checksum HIGHEST = new Checksum(-1L, -1L, -1L, -1L);

	@Test
	void isWholeFromTheLowestToTheHighestChecksum() {
		assertThat(ChecksumRange.WHOLE.contains(LOWEST)).isTrue();
		assertThat(ChecksumRange.WHOLE.contains(HIGHEST)).isTrue();
		assertThat(ChecksumRange.WHOLE.lowest()).isEqualTo(LOWEST);
	}

	@Test
	void fallsIntoHalvesThatShareNothingAndLeaveNothingOut() {
		Random random = new Random(3);
		List<ChecksumRange> ranges = List.of(ChecksumRange.WHOLE);
		for (int depth = 0; depth < 5; depth++) {
			ranges = ranges.stream().flatMap(range -> range.halves().stream()).toList();
		}

		for (int i = 0; i < 1000; i++) {
			Checksum checksum = new Checksum(random.nextLong(), random.nextLong(), 0, 0);
			assertThat(ranges.stream().filter(range -> range.contains(checksum))).hasSize(1);
		}
		assertThat(ranges.get(0).contains(LOWEST)).isTrue();
		assertThat(ranges.get(31).contains(HIGHEST)).isTrue();
	}

	@Test
	void knowsWhatLiesBehindIt() {
		List<ChecksumRange> halves = ChecksumRange.WHOLE.halves();

		assertThat(halves.get(0).endsBefore(halves.get(1).lowest())).isTrue();
		assertThat(halves.get(0).endsBefore(halves.get(0).lowest())).isFalse();
		assertThat(halves.get(1).endsBefore(HIGHEST)).isFalse();
	}

	@Test
	void comesToAnEndOfDividing() {
		ChecksumRange range = ChecksumRange.WHOLE;
		int divisions = 0;
		while (!range.isSingle()) {
			range = range.halves().get(divisions % 2);
			divisions++;
		}

		assertThat(divisions).isEqualTo(64);
	}

}
