"""Addresses of campaigns and rounds."""

from django.urls import include, path

from surveys.campaigns import views

urlpatterns = [
    path("", include("surveys.campaigns.letters.urls")),
    path("l/<str:token>/", views.AccessLinkView.as_view(), name="access_link"),
    path("rounds/<slug:code>/mails/", views.RoundMailsView.as_view(), name="round_mails"),
    path(
        "rounds/<slug:code>/mails/words/<slug:kind>/",
        views.RoundMailWordsView.as_view(),
        name="round_mail_words",
    ),
    path(
        "rounds/<slug:code>/mails/words/<slug:kind>/reset/",
        views.RoundMailWordsResetView.as_view(),
        name="round_mail_words_reset",
    ),
    path(
        "rounds/<slug:code>/mails/<int:pk>/again/",
        views.RoundMailAgainView.as_view(),
        name="round_mail_again",
    ),
    path(
        "rounds/<slug:code>/mails/<int:pk>/revoke/",
        views.RoundMailRevokeView.as_view(),
        name="round_mail_revoke",
    ),
    path("rounds/<slug:code>/remind/", views.RoundRemindView.as_view(), name="round_remind"),
    path("access/", views.AccessView.as_view(), name="access"),
    path(
        "questionnaires/<slug:code>/versions/<int:number>/rounds/",
        views.VersionRoundsView.as_view(),
        name="version_rounds",
    ),
    path(
        "library/<slug:key>/rounds/",
        views.LibraryItemRoundsView.as_view(),
        name="library_item_rounds",
    ),
    path("campaigns/", views.CampaignListView.as_view(), name="campaign_list"),
    path("campaigns/new/", views.CampaignCreateView.as_view(), name="campaign_create"),
    path("campaigns/plan/", views.CampaignPlanView.as_view(), name="campaign_plan"),
    path("campaigns/targets/", views.CampaignTargetsView.as_view(), name="campaign_targets"),
    path(
        "campaigns/<slug:code>/sign-off/",
        views.SignOffChainView.as_view(),
        name="campaign_sign_off",
    ),
    path("campaigns/<slug:code>/", views.CampaignDetailView.as_view(), name="campaign_detail"),
    path("campaigns/<slug:code>/edit/", views.CampaignEditView.as_view(), name="campaign_edit"),
    path("campaigns/<slug:code>/start/", views.CampaignStartView.as_view(), name="campaign_start"),
    path("campaigns/<slug:code>/pause/", views.CampaignPauseView.as_view(), name="campaign_pause"),
    path("campaigns/<slug:code>/end/", views.CampaignEndView.as_view(), name="campaign_end"),
    path("campaigns/<slug:code>/rounds/new/", views.RoundCreateView.as_view(), name="round_create"),
    path("rounds/<slug:code>/", views.RoundOverviewView.as_view(), name="round_overview"),
    path("rounds/<slug:code>/figures/", views.RoundFiguresView.as_view(), name="round_figures"),
    path("rounds/<slug:code>/units/", views.RoundUnitsView.as_view(), name="round_units"),
    path(
        "rounds/<slug:code>/units.csv",
        views.RoundUnitsFileView.as_view(),
        name="round_units_file",
    ),
    path("campaigns/<slug:code>/targets/", views.CampaignRuleView.as_view(), name="campaign_rule"),
    path(
        "campaigns/<slug:code>/targets/preview/",
        views.CampaignRulePreviewView.as_view(),
        name="campaign_rule_preview",
    ),
    path("rounds/<slug:code>/asked/", views.RoundAskedView.as_view(), name="round_asked"),
    path(
        "rounds/<slug:code>/agreements/",
        views.RoundAgreementsView.as_view(),
        name="round_agreements",
    ),
    path("rounds/<slug:code>/extend/", views.RoundExtendView.as_view(), name="round_extend"),
    path(
        "rounds/<slug:code>/refusals/<int:pk>/",
        views.RoundRefusalView.as_view(),
        name="round_refusal",
    ),
    path(
        "refusals/<int:pk>/withdraw/",
        views.RefusalWithdrawView.as_view(),
        name="refusal_withdraw",
    ),
    path(
        "assignments/<int:pk>/extension/",
        views.ExtensionAskView.as_view(),
        name="extension_ask",
    ),
    path(
        "extensions/<int:pk>/decide/",
        views.ExtensionDecideView.as_view(),
        name="extension_decide",
    ),
    path(
        "extensions/<int:pk>/withdraw/",
        views.ExtensionWithdrawView.as_view(),
        name="extension_withdraw",
    ),
    path("rounds/<slug:code>/open/", views.RoundOpenView.as_view(), name="round_open"),
    path("rounds/<slug:code>/settings/", views.RoundSettingsView.as_view(), name="round_settings"),
    path("rounds/<slug:code>/postpone/", views.RoundPostponeView.as_view(), name="round_postpone"),
    path("rounds/<slug:code>/cancel/", views.RoundCancelView.as_view(), name="round_cancel"),
    path("rounds/<slug:code>/reopen/", views.RoundReopenView.as_view(), name="round_reopen"),
    path("rounds/<slug:code>/copy/", views.RoundCopyView.as_view(), name="round_copy"),
    path("rounds/<slug:code>/log/", views.RoundLogView.as_view(), name="round_log"),
    path("rounds/<slug:code>/close/", views.RoundCloseView.as_view(), name="round_close"),
]
