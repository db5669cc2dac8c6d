"""The read API for partner newsrooms: Wagtail's API v2 over what is public, described by the tables it is made of.

`tables` say what the fields and parameters of each list are; serializers, filters, the OpenAPI description and the
page for people are all made from them. What is public decides `khuevan.newsroom.release`.
"""
