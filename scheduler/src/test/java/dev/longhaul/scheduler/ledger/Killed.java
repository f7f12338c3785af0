package dev.longhaul.scheduler.ledger;

import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;

/** The process ends here, as far as the ledger can see. */
final class Killed extends Error {

	private static final long serialVersionUID = 1L;

	Killed(String when) {
		super(when);
	}

	/**
	 * Kills at a commit: just before it, which takes back what it would have kept, or
	 * just after.
	 */
	static final class AtCommit implements PlatformTransactionManager {

		private final PlatformTransactionManager transactions;

		private final boolean keepsTheLast;

		private int survived;

		/**
		 * @param survived commits before the one that is not
		 */
		AtCommit(PlatformTransactionManager transactions, int survived, boolean keepsTheLast) {
			this.transactions = transactions;
			this.survived = survived;
			this.keepsTheLast = keepsTheLast;
		}

		@Override
		public TransactionStatus getTransaction(@Nullable TransactionDefinition definition) {
			return transactions.getTransaction(definition);
		}

		@Override
		public void commit(TransactionStatus status) {
			if (survived-- > 0) {
				transactions.commit(status);
				return;
			}
			if (keepsTheLast) {
				transactions.commit(status);
			}
			else {
				transactions.rollback(status);
			}
			throw new Killed("at a commit");
		}

		@Override
		public void rollback(TransactionStatus status) {
			transactions.rollback(status);
		}

	}

}
