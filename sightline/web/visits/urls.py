"""Addresses of these pages. The keys in them are opaque, and say nothing about anybody."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
