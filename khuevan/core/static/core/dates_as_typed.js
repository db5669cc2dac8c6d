// What is typed into a date stays as it was typed: the form says what is wrong with it.
//
// Wagtail's calendar would put this very moment in the place of a date that it does not understand, as soon as the
// field is left: an embargo would be over before anybody saw it. A plain script, because the fields are made while
// the page is being read.
jQuery.fn.datetimepicker.defaults.validateOnBlur = false;
