"""Addresses of the inbox."""

from django.urls import path

from surveys.inbox import views

urlpatterns = [
    path("inbox/", views.InboxView.as_view(), name="inbox"),
    path("inbox/bell/", views.BellView.as_view(), name="inbox_bell"),
    path("inbox/read/", views.AllReadView.as_view(), name="inbox_all_read"),
    path("inbox/preferences/", views.PreferencesView.as_view(), name="inbox_preferences"),
    path("inbox/<int:pk>/", views.NoticeOpenView.as_view(), name="notice_open"),
    path("inbox/<int:pk>/read/", views.NoticeReadView.as_view(), name="notice_read"),
    path("inbox/<int:pk>/unread/", views.NoticeUnreadView.as_view(), name="notice_unread"),
]
