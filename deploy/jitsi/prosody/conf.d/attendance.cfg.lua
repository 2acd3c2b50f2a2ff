-- Read by Prosody beside its own settings. Owns who tells the app that people came into a call and left it: one component for each organisation.
-- Says nothing of those in the lobby, and nothing to anybody but the app. Without organisations there is no component.
for organisation in (ENV_JITSI_ORGANISATIONS or ""):gmatch("[a-z0-9-]+") do
    Component ("attendance-" .. organisation .. ".meet.jitsi") "event_sync_component" {
        muc_component = "muc.meet.jitsi";
        breakout_component = "breakout.meet.jitsi";
        api_prefix = "http://app:4000/jitsi/" .. organisation;
        api_headers = { ["Authorization"] = "Bearer " .. ENV_JITSI_EVENTS_SECRET };
    }
end
