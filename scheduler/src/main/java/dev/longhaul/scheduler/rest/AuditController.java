package dev.longhaul.scheduler.rest;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.scheduler.access.AuditEntry;
import dev.longhaul.scheduler.access.AuditExports;
import dev.longhaul.scheduler.access.AuditLog;
import dev.longhaul.scheduler.access.AuditRecord;
import dev.longhaul.scheduler.access.Needs;
import dev.longhaul.scheduler.access.Scope;
import dev.longhaul.scheduler.rest.Paging.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /api/v1/audit}: what was done and by whom, newest first.
 */
@RestController
public final class AuditController {

	private final AuditLog log;

	private final AuditExports exports;

	private final Clock clock;

	public AuditController(AuditLog log, AuditExports exports, Clock clock) {
		this.log = log;
		this.exports = exports;
		this.clock = clock;
	}

	@Needs(Scope.ADMIN)
	@GetMapping("/api/v1/audit")
	Page<AuditView> list(@RequestParam(required = false) @Nullable String cursor,
			@RequestParam(required = false) @Nullable Integer limit) {
		return Paging.of(cursor, limit)
			.page((before, most) -> log.newestBefore(sequence(before), most), entry -> String.valueOf(entry.sequence()),
					AuditView::of);
	}

	@Needs(Scope.ADMIN)
	@PostMapping("/api/v1/audit/exports")
	ExportView export() {
		return new ExportView(exports.export(clock.instant()));
	}

	private static long sequence(String before) {
		try {
			return before.isEmpty() ? Long.MAX_VALUE : Long.parseLong(before);
		}
		catch (NumberFormatException ex) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE, "this 'cursor' is none",
					"leave it out to begin with the newest", ex);
		}
	}

	/**
	 * @param documents the keys of those that were written into the bucket
	 */
	record ExportView(List<String> documents) {
	}

	record AuditView(long sequence, Instant happenedAt, String caller, String scopes, String address, String action,
			String subject, String outcome, String detail, String previous, String hash) {

		static AuditView of(AuditRecord record) {
			AuditEntry entry = record.entry();
			return new AuditView(record.sequence(), record.happenedAt(), entry.caller(), entry.scopes(),
					entry.address(), entry.action(), entry.subject(), entry.outcome().word(), entry.detail(),
					record.previous(), record.hash());
		}

	}

}
