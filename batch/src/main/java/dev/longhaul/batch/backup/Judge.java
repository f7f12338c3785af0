package dev.longhaul.batch.backup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.backupstore.object.StoreFacts;
import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.RestorePoint;
import dev.longhaul.core.run.Places;
import dev.longhaul.core.run.RecordedManifest;
import dev.longhaul.core.run.RunManifest;
import dev.longhaul.core.run.RunProof;
import dev.longhaul.core.run.RunProof.ApplicationProof;
import dev.longhaul.core.verdict.Copy;
import dev.longhaul.core.verdict.Place;
import dev.longhaul.core.verdict.Proof;
import org.jspecify.annotations.Nullable;

/**
 * Judges what a night is worth, application by application. Pure.
 */
final class Judge {

	private final NightOrder order;

	private final StoreFacts facts;

	private final @Nullable RunProof before;

	/**
	 * @param before the proof of the last night before this one; null if none is known
	 */
	Judge(NightOrder order, StoreFacts facts, @Nullable RunProof before) {
		this.order = order;
		this.facts = facts;
		this.before = before;
	}

	/**
	 * @param proofs of the restore points of the manifest
	 */
	RunProof judge(RecordedManifest recorded, Map<ApplicationName, Proof> proofs, Instant now) {
		RunManifest manifest = recorded.manifest();
		List<ApplicationProof> judged = new ArrayList<>();
		for (ApplicationDefinition application : order.applications()) {
			judged.add(judge(application.name(), manifest, proofs));
		}
		return new RunProof(manifest.night(), recorded.hash(), now, places(), judged);
	}

	private ApplicationProof judge(ApplicationName application, RunManifest manifest,
			Map<ApplicationName, Proof> proofs) {
		Optional<RestorePoint> point = manifest.restorePoints()
			.stream()
			.filter(candidate -> candidate.application().equals(application))
			.findFirst();
		Proof tonight = point.map(present -> proofs.getOrDefault(application, new Proof.Unread("was not read back")))
			.orElseGet(() -> new Proof.Unread("no restore point tonight: "
					+ manifest.failed().getOrDefault(application, "it was not part of the run")));
		Instant newestProven = (tonight instanceof Proof.Proven) ? point.orElseThrow().takenAt()
				: provenBefore(application);
		boolean anyCopy = point.isPresent() || newestProven != null;
		List<Copy> backups = anyCopy ? List.of(places().target().copy(tonight)) : List.of();
		return new ApplicationProof(places().judge(application, backups, List.of()), tonight, newestProven);
	}

	private @Nullable Instant provenBefore(ApplicationName application) {
		return Optional.ofNullable(before)
			.flatMap(proof -> proof.of(application))
			.map(ApplicationProof::newestProven)
			.orElse(null);
	}

	private Places places() {
		return new Places(Place.ofLiveVolumes(order.clusterSite()),
				StoredPlaces.of(order.target().url(), "object storage", order.target().site(), facts));
	}

}
