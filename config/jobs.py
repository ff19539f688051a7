"""What follows from what: audit event -> dotted names of the tasks it starts.

``audit.record`` sends the event; ``surveys.background`` inserts one Job row per (event, task) in the
same transaction. Nobody enqueues from a view or a service.
"""

from typing import Final

from surveys.audit.enums import Event

JOBS: Final[dict[Event, list[str]]] = {
    Event.XFORM_REQUESTED: ["surveys.questionnaires.tasks.write_xform"],
    Event.SIMULATION_REQUESTED: ["surveys.questionnaires.tasks.simulate_version"],
    Event.ROUND_OPENED: [
        "surveys.campaigns.tasks.tell_of_opening",
        "surveys.campaigns.tasks.invite",
        "surveys.webhooks.tasks.queue_messages",
    ],
    Event.ROUND_NOT_OPENED: ["surveys.campaigns.tasks.tell_of_failed_opening"],
    Event.ROUND_AGENCIES_ADDED: ["surveys.campaigns.tasks.invite"],
    Event.ROUND_AGENCIES_SUCCEEDED: [
        "surveys.campaigns.tasks.invite",
        "analytics.columnar.tasks.synchronise_round",
    ],
    Event.ROUND_CLOSED: [
        "surveys.campaigns.tasks.tell_of_closing",
        "analytics.results.tasks.compute_closed_round",
        "surveys.webhooks.tasks.queue_messages",
    ],
    Event.ROUND_VERSION_CHANGED: ["surveys.responses.tasks.migrate_drafts"],
    Event.ROUND_PREFILLED: ["surveys.responses.prefilling.tasks.fill_drafts"],
    Event.EXTENSION_ASKED: ["surveys.campaigns.tasks.tell_of_wish"],
    Event.EXTENSION_GRANTED: [
        "surveys.campaigns.tasks.tell_of_decision",
        "surveys.campaigns.tasks.write_of_extension",
    ],
    Event.EXTENSION_DENIED: ["surveys.campaigns.tasks.tell_of_decision"],
    Event.INVITATION_ACCEPTED: ["surveys.responses.tasks.take_over_work"],
    Event.DELEGATION_GIVEN: [
        "surveys.responses.tasks.tell_of_work",
        "surveys.responses.tasks.tell_of_changed_work",
    ],
    Event.DELEGATION_CHANGED: ["surveys.responses.tasks.tell_of_changed_work"],
    Event.DELEGATION_WITHDRAWN: ["surveys.responses.tasks.tell_of_changed_work"],
    Event.RESPONSE_SENT: [
        "surveys.responses.tasks.tell_of_turn",
        "surveys.webhooks.tasks.queue_messages",
    ],
    Event.RESPONSE_APPROVED: ["surveys.responses.tasks.tell_of_turn"],
    Event.SIGNED_PDF_UPLOADED: ["surveys.responses.tasks.verify_signed_pdf"],
    Event.SIGNED_PDF_REFUSED: ["surveys.responses.tasks.tell_of_refused_pdf"],
    Event.LETTERS_REQUESTED: ["surveys.campaigns.letters.tasks.write_letters"],
    Event.RESPONSE_PAPER_REQUESTED: ["surveys.responses.papers.tasks.write_paper"],
    Event.DOSSIER_REQUESTED: ["surveys.responses.dossier.tasks.write_dossier"],
    Event.RESPONSE_SIGNED: [
        "surveys.responses.tasks.tell_of_signature",
        "surveys.responses.tasks.tell_of_turn",
        "analytics.results.tasks.compute_round_result",
        "analytics.columnar.tasks.append_response",
        "surveys.webhooks.tasks.queue_messages",
    ],
    Event.RESPONSE_RETURNED: [
        "surveys.responses.tasks.tell_of_return",
        "analytics.results.tasks.compute_round_result",
        "analytics.columnar.tasks.append_response",
        "surveys.webhooks.tasks.queue_messages",
    ],
    Event.SUBMISSION_RECEIVED: ["surveys.openrosa.tasks.tell_of_waiting"],
    Event.COMMENT_ADDED: ["surveys.responses.tasks.tell_of_mention"],
    Event.RESPONSE_VERIFIED: [
        "analytics.results.tasks.compute_round_result",
        "analytics.columnar.tasks.append_response",
        "surveys.webhooks.tasks.queue_messages",
    ],
    Event.VERIFICATION_BEGUN: ["surveys.verification.tasks.hand_out"],
    Event.VERIFICATION_HANDED_OUT: ["surveys.verification.tasks.tell_of_work"],
    Event.VERIFICATION_WORK_MOVED: ["surveys.verification.tasks.tell_of_moved_work"],
    Event.FINDINGS_RELEASED: ["surveys.verification.tasks.tell_of_findings"],
    Event.FINDING_EXPLAINED: ["surveys.verification.tasks.tell_of_explanation"],
    Event.EXPLANATION_DECIDED: ["surveys.verification.tasks.tell_of_ruling"],
    Event.VERIFICATION_CLOSED: ["surveys.verification.tasks.freeze_verified"],
    Event.VERIFICATION_FROZEN: ["surveys.verification.tasks.tell_of_end"],
    Event.LINK_CITED: ["surveys.responses.tasks.archive_link"],
    Event.RESPONSE_MIGRATED: ["surveys.responses.tasks.tell_of_move"],
    Event.MAIL_BOUNCED: ["surveys.campaigns.tasks.tell_of_bounce"],
    Event.SUBSTITUTION_MADE: ["surveys.inbox.tasks.tell_of_substitution"],
    Event.DISCLOSURE_POLICY_SET: ["analytics.results.tasks.compute_closed_round"],
    Event.RESULTS_COMPUTED: ["analytics.explorer.tasks.tabulate_round"],
    Event.TABULATION_REQUESTED: ["analytics.explorer.tasks.tabulate"],
    Event.INDEX_RUN_REQUESTED: ["analytics.indices.tasks.compute_run"],
    Event.PROFILE_PAPER_REQUESTED: ["analytics.reports.tasks.write_profile"],
    Event.RELEASE_PROPOSED: ["analytics.releases.tasks.tell_of_proposal"],
    Event.RELEASE_APPROVED: [
        "analytics.releases.tasks.tell_of_release",
        "surveys.webhooks.tasks.queue_messages",
    ],
    Event.EXPORT_REQUESTED: ["exporters.orders.tasks.write_export"],
    Event.EXPORT_RETRIED: ["exporters.orders.tasks.write_export"],
    Event.EXPORT_FINISHED: [
        "exporters.orders.tasks.tell_of_file",
        "surveys.webhooks.tasks.queue_messages",
    ],
    Event.DATA_REQUESTED: ["exporters.portal.tasks.tell_of_request"],
    Event.DATA_REQUEST_APPROVED: ["exporters.portal.tasks.tell_of_decision"],
    Event.DATA_REQUEST_REFUSED: ["exporters.portal.tasks.tell_of_decision"],
    Event.DATA_REQUEST_ENDED: [
        "exporters.portal.tasks.tell_of_decision",
        "exporters.orders.tasks.withdraw_files",
    ],
    Event.DEPARTMENT_ROLE_REVOKED: ["exporters.orders.tasks.withdraw_files"],
    Event.MEMBERSHIP_REVOKED: ["exporters.orders.tasks.withdraw_files"],
    Event.CAMPAIGN_CHANGED: ["exporters.orders.tasks.withdraw_files"],
    Event.RELEASE_WITHDRAWN: [
        "exporters.orders.tasks.withdraw_files",
        "surveys.webhooks.tasks.queue_messages",
    ],
    Event.ROUND_PERSONAL_DATA_ERASED: ["exporters.orders.tasks.withdraw_files"],
    Event.RESPONSE_PERSONAL_DATA_ERASED: ["exporters.orders.tasks.withdraw_files"],
    Event.ROUND_REOPENED: ["surveys.webhooks.tasks.queue_messages"],
    Event.ROUND_CANCELLED: ["surveys.webhooks.tasks.queue_messages"],
    Event.WEBHOOK_TESTED: ["surveys.webhooks.tasks.queue_messages"],
    Event.WEBHOOK_SENT_AGAIN: ["surveys.webhooks.tasks.wake"],
    Event.WEBHOOK_SWITCHED_ON: ["surveys.webhooks.tasks.wake"],
    Event.WEBHOOK_DISABLED: ["surveys.webhooks.tasks.tell_of_end"],
}

LOADED: Final = (
    "analytics.columnar.services",
    "analytics.explorer.compute",
    "analytics.indices.compute",
    "analytics.results.compute",
    "analytics.results.protecting",
)
"""What takes seconds to load and what jobs need while somebody waits: a worker begins with it."""
