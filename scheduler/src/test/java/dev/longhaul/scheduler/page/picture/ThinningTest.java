package dev.longhaul.scheduler.page.picture;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ThinningTest {

	private static final Instant START = Instant.parse("2016-11-22T02:30:00Z");

	@Test
	void leavesAFewAsTheyAre() {
		List<Sample> few = samples(100);

		assertThat(Thinning.of(few, 60)).isEqualTo(few);
	}

	@Test
	void keepsEndsPeaksAndTroughsOfTenYears() {
		List<Sample> all = new ArrayList<>(samples(3650));
		all.set(1234, new Sample(all.get(1234).at(), 0));
		all.set(2345, new Sample(all.get(2345).at(), 1e9));

		List<Sample> thinned = Thinning.of(all, 60);

		assertThat(thinned).hasSizeLessThanOrEqualTo(122)
			.contains(all.get(0), all.get(1234), all.get(2345), all.get(3649))
			.isSortedAccordingTo(Comparator.comparing(Sample::at))
			.isSubsetOf(all)
			.doesNotHaveDuplicates();
	}

	@Test
	void doesNotMindTheOrderItIsGiven() {
		List<Sample> all = samples(1000);
		List<Sample> mixed = new ArrayList<>(all);
		Collections.shuffle(mixed, new Random(1));

		assertThat(Thinning.of(mixed, 20)).isEqualTo(Thinning.of(all, 20));
	}

	private static List<Sample> samples(int count) {
		Random random = new Random(7);
		List<Sample> samples = new ArrayList<>();
		for (int day = 0; day < count; day++) {
			samples.add(new Sample(START.plusSeconds(86_400L * day), 100 + random.nextInt(1000)));
		}
		return samples;
	}

}
