package dev.longhaul.scheduler.rest;

import java.time.Instant;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.scheduler.access.Needs;
import dev.longhaul.scheduler.access.Scope;
import dev.longhaul.scheduler.ledger.Ledger;
import dev.longhaul.scheduler.ledger.StoredVolume;
import dev.longhaul.scheduler.rest.Paging.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /api/v1/volumes}: what has a backup, by application and claim, as far as the
 * ledger knows.
 */
@RestController
public final class VolumesController {

	private final Ledger ledger;

	public VolumesController(Ledger ledger) {
		this.ledger = ledger;
	}

	@Needs(Scope.READ)
	@GetMapping("/api/v1/volumes")
	Page<VolumeView> list(@RequestParam(required = false) @Nullable String application,
			@RequestParam(required = false) @Nullable String cursor,
			@RequestParam(required = false) @Nullable Integer limit) {
		ApplicationName only = (application != null) ? ApplicationsController.application(application) : null;
		return LedgerPages.page(Paging.of(cursor, limit), (after, most) -> ledger.volumes(only, after, most),
				VolumeView::of);
	}

	/**
	 * A volume with its newest backup.
	 *
	 * @param job with {@code scheduledFor}, what the night of that backup is known by
	 * @param snapshotAt the time of its data
	 * @param bytes blocks times block size
	 */
	record VolumeView(String application, String claim, String volume, String job, Instant scheduledFor,
			Instant snapshotAt, String backup, long bytes) {

		static VolumeView of(StoredVolume volume) {
			return new VolumeView(volume.application().value(), volume.claim().toString(), volume.volume().value(),
					volume.night().job().value(), volume.night().scheduledFor(), volume.snapshotAt(),
					volume.backup().value(), volume.size().bytes());
		}

	}

}
