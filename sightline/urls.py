"""Every address of the product: signing in, and the pages.

Of the sign-in library's addresses only those listed are offered: nobody signs up, and an address
is changed by an administrator, who knows whose it is.
"""

from allauth.account.urls import urlpatterns as account_urls
from allauth.mfa.urls import urlpatterns as code_urls
from django.urls import include, path

OFFERED = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",  # answers that sign-up is closed; the library's pages ask for its address
    "account_reauthenticate",
    "account_change_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}

urlpatterns = [
    path("account/", include([each for each in account_urls if each.name in OFFERED])),
    path("account/code/", include(code_urls)),
    path("", include("sightline.web.urls")),
]
