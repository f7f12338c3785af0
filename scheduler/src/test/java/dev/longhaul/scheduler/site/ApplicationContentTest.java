package dev.longhaul.scheduler.site;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.QuietWindow;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.verdict.Answer;
import dev.longhaul.core.verdict.Place;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.scheduler.ledger.Cursor;
import dev.longhaul.scheduler.ledger.HeldPoint;
import dev.longhaul.scheduler.ledger.Page;
import dev.longhaul.scheduler.ledger.StoredPoint;
import dev.longhaul.scheduler.ledger.StoredSize;
import dev.longhaul.scheduler.page.application.ApplicationPage;
import dev.longhaul.scheduler.page.application.PointRow;
import dev.longhaul.scheduler.page.overview.ApplicationRow;
import dev.longhaul.scheduler.page.picture.Timeline.Form;
import dev.longhaul.scheduler.page.table.Query;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static dev.longhaul.scheduler.site.Stands.NOW;
import static org.assertj.core.api.Assertions.assertThat;

class ApplicationContentTest {

	private static final ApplicationName GITEA = new ApplicationName("gitea");

	private static final ClaimRef CLAIM = new ClaimRef("gitea", "data");

	private static final Place NAS = new Place("file:///mnt/nas", "file system", "home", Answer.FAILS, "a disk");

	private static final Proof PROVEN = new Proof.Proven(NOW, 9, ByteSize.ofMebibytes(18));

	private static final Proof UNREAD = new Proof.Unread("nobody has");

	private static ApplicationPage page(Optional<ApplicationDefinition> declared, List<HeldPoint> points,
			@Nullable Cursor next, List<StoredSize> sizes) {
		ApplicationRow row = new ApplicationRow(ApplicationRow.unjudged(GITEA), Map.of(), null, null, null,
				ByteSize.ZERO, List.of(), null);
		return new ApplicationContent(row, declared, List.of()).page(new Page<>(points, next), List.of(), sizes,
				Query.of("/applications/gitea"));
	}

	private static HeldPoint point(int day, Proof own, Proof mirrored) {
		Instant at = NOW.minus(Duration.ofDays(day));
		StoredPoint point = new StoredPoint(GITEA, new Night(new JobName("nightly"), at), "0".repeat(64), null, at,
				Duration.ZERO, new QuietWindow(at, Duration.ofMillis(400)), ByteSize.ofMebibytes(4), 1, own);
		return new HeldPoint(point, List.of(NAS.copy(mirrored)));
	}

	private static StoredSize size(int day) {
		return new StoredSize(CLAIM, NOW.minus(Duration.ofDays(day)), ByteSize.ofMebibytes(4));
	}

	@Test
	void damageInOnePlaceIsWorthALookWhateverAnotherSays() {
		ApplicationPage page = page(Optional.empty(),
				List.of(point(0, PROVEN, new Proof.Refuted(NOW, "a block is damaged")), point(1, UNREAD, PROVEN),
						point(2, UNREAD, UNREAD)),
				new Cursor(List.of("2026-11-20T08:15:00Z", "nightly", "2026-11-20T08:15:00Z")), List.of());

		assertThat(page.points().rows()).extracting(PointRow::form)
			.containsExactly(Form.DAMAGED, Form.PROVEN, Form.TAKEN);
		assertThat(page.windows()).hasSize(3).allSatisfy(window -> assertThat(window.value()).isEqualTo(400));
		assertThat(page.older()).isEqualTo(
				"/applications/gitea?after=2026-11-20T08%253A15%253A00Z%7Enightly%7E2026-11-20T08%253A15%253A00Z");
		assertThat(page.profile()).isEqualTo("not declared any more");
	}

	@Test
	void anApplicationWithoutAProfileIsNotMadeQuiet() {
		ApplicationPage page = page(Declared.household()
			.applications()
			.stream()
			.filter(application -> application.name().equals(GITEA))
			.findFirst(), List.of(), null, List.of());

		assertThat(page.profile()).isNull();
		assertThat(page.older()).isNull();
		assertThat(page.points().isEmpty()).isTrue();
	}

	@Test
	void sizesAreDrawnOnceThereAreTwoToCompare() {
		assertThat(page(Optional.empty(), List.of(), null, List.of(size(0))).sizes()).isEmpty();
		assertThat(page(Optional.empty(), List.of(), null, List.of(size(0), size(1))).sizes()).singleElement()
			.satisfies(series -> {
				assertThat(series.name()).isEqualTo("gitea/data");
				assertThat(series.sizes()).hasSize(2);
			});
	}

}
