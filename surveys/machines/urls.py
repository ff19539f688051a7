"""Addresses of the pages of tokens."""

from django.urls import path

from surveys.machines import views

urlpatterns = [
    path("account/tokens/", views.TokenListView.as_view(), name="token_list"),
    path("account/tokens/<int:pk>/revoke/", views.TokenRevokeView.as_view(), name="token_revoke"),
]
