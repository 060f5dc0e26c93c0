package io.mediakeep.api.admin;

class MediaSearchOnH2Test extends MediaSearchContract {}
