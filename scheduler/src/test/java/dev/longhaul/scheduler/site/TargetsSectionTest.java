package dev.longhaul.scheduler.site;

import java.util.List;
import java.util.Optional;

import dev.longhaul.core.run.JobName;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Place;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.scheduler.ledger.Coverage.Scope;
import dev.longhaul.scheduler.ledger.Freshness;
import dev.longhaul.scheduler.ledger.SeenPlace;
import dev.longhaul.scheduler.page.target.TargetRow;
import org.junit.jupiter.api.Test;

import static dev.longhaul.scheduler.site.Stands.NOW;
import static org.assertj.core.api.Assertions.assertThat;

class TargetsSectionTest {

	private final Holdings holdings = new Holdings(Stands.overview(),
			List.of(Stands.covered("file:///mnt/nas", Scope.NEWEST_OF_EACH, 30, 15, 0)));

	@Test
	void theOwnTargetIsAskedByWhoeverReadsIt() {
		TargetRow up = row(Stands.FRESH);
		TargetRow down = row(new Freshness(NOW, NOW.plusSeconds(60), "it does not answer"));
		TargetRow never = row(new Freshness(null, null, null));

		assertThat(up.reachable()).isEqualTo(Answer.HOLDS);
		assertThat(up.lastSeen()).isEqualTo(NOW);
		assertThat(up.usedBy()).extracting(JobName::value)
			.containsExactly("copies", "hourly", "nightly", "paused", "weekly");
		assertThat(up.place().immutabilityEvidence()).isEqualTo("no night has looked yet");
		assertThat(down.reachable()).isEqualTo(Answer.FAILS);
		assertThat(down.reason()).isEqualTo("it does not answer");
		assertThat(never.reachable()).isEqualTo(Answer.UNKNOWN);
		assertThat(never.stored()).isEqualTo(ByteSize.ZERO);
	}

	private TargetRow row(Freshness freshness) {
		return TargetsSection.row(Declared.BUCKET, Optional.empty(), freshness, holdings, Declared.household().jobs());
	}

	@Test
	void ofAMirrorItsJobsTell() {
		Place place = new Place("file:///mnt/nas", "file system", null, Answer.FAILS, "anybody can delete a file");

		TargetRow row = TargetsSection.row(Declared.NAS,
				Optional.of(new SeenPlace(place, NOW.minus(Stands.days(9)), "the disk is not there")), Stands.FRESH,
				holdings, Declared.household().jobs());

		assertThat(row.reachable()).isEqualTo(Answer.FAILS);
		assertThat(row.lastSeen()).isEqualTo(NOW.minus(Stands.days(9)));
		assertThat(row.reason()).isEqualTo("the disk is not there");
		assertThat(row.place().immutable()).isEqualTo(Answer.FAILS);
		assertThat(row.stored()).isEqualTo(ByteSize.ofMebibytes(30));
		assertThat(row.usedBy()).extracting(JobName::value).containsExactly("copies");
	}

}
