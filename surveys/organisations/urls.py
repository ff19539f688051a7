"""Addresses of agencies and of signing in. Sign-up does not exist."""

from django.urls import path, re_path

from surveys.organisations import views

urlpatterns = [
    path("agencies/", views.AgencyListView.as_view(), name="agency_list"),
    path("agencies/<slug:key>/", views.AgencyDetailView.as_view(), name="agency_detail"),
    path("agencies/<slug:key>/rename/", views.AgencyRenameView.as_view(), name="agency_rename"),
    path("agencies/<slug:key>/move/", views.AgencyMoveView.as_view(), name="agency_move"),
    path("agencies/<slug:key>/merge/", views.AgencyMergeView.as_view(), name="agency_merge"),
    path("agencies/<slug:key>/split/", views.AgencySplitView.as_view(), name="agency_split"),
    path("agencies/<slug:key>/address/", views.AgencyAddressView.as_view(), name="agency_address"),
    path(
        "agencies/<slug:key>/people/invite/",
        views.PersonInviteView.as_view(),
        name="person_invite",
    ),
    path(
        "agencies/<slug:key>/people/<int:pk>/",
        views.MembershipEditView.as_view(),
        name="membership_edit",
    ),
    path(
        "agencies/<slug:key>/people/<int:pk>/end/",
        views.MembershipEndView.as_view(),
        name="membership_end",
    ),
    path("agencies/<slug:key>/substitutes/", views.SubstitutesView.as_view(), name="substitutes"),
    path(
        "agencies/<slug:key>/substitutes/<int:pk>/end/",
        views.SubstitutionEndView.as_view(),
        name="substitution_end",
    ),
    path(
        "agencies/<slug:key>/invitations/<int:pk>/withdraw/",
        views.InvitationRevokeView.as_view(),
        name="invitation_revoke",
    ),
    path("people/upload/", views.PeopleUploadView.as_view(), name="people_upload"),
    path("people/upload/sample/", views.PeopleSampleView.as_view(), name="people_sample"),
    path(
        "people/uploads/<uuid:upload>/",
        views.PeoplePreviewView.as_view(),
        name="people_preview",
    ),
    path(
        "people/uploads/<uuid:upload>/refused/",
        views.PeopleRefusedView.as_view(),
        name="people_refused",
    ),
    path("invitations/<str:token>/", views.InvitationLinkView.as_view(), name="invitation_link"),
    path("invitation/", views.InvitationView.as_view(), name="invitation"),
    path("language/", views.SetLanguageView.as_view(), name="set_language"),
    path("sign-in/", views.SignInView.as_view(), name="account_login"),
    path("sign-out/", views.SignOutView.as_view(), name="account_logout"),
    path("account-closed/", views.ClosedAccountView.as_view(), name="account_inactive"),
    path("password/reset/", views.ResetView.as_view(), name="account_reset_password"),
    path("password/reset/sent/", views.ResetSentView.as_view(), name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.ResetFromKeyView.as_view(),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/finished/",
        views.ResetFinishedView.as_view(),
        name="account_reset_password_from_key_done",
    ),
]
