"""Addresses of these pages. The keys in them are opaque, and say nothing about anybody."""

from django.urls import path

from sightline.web.accounts import opening, pages

urlpatterns = [
    path("accounts", pages.accounts, name="accounts"),
    path("accounts/open", opening.open_account, name="account-open"),
    path("accounts/<uuid:account>", pages.account, name="account"),
    path("accounts/<uuid:account>/sign-out", pages.sign_out, name="account-sign-out"),
    path("accounts/<uuid:account>/new-phone", pages.new_phone, name="account-new-phone"),
    path("accounts/<uuid:account>/close", pages.close, name="account-close"),
    path("accounts/<uuid:account>/open-again", pages.open_again, name="account-open-again"),
]
"""Their names in the matrix begin with a word that the sign-in library's, which have `account_`, do not."""
