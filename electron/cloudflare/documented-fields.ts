/**
 * The fields that Cloudflare documents for each kind of object (its OpenAPI document; where that
 * has none, its SDK 7.3: groups, identity providers, service tokens, webhooks and PagerDuty services). Others are
 * kept and sent back all the same; `check` names them, so that somebody with an account can tell what came along.
 */
const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/u))

const policy = `approval_groups approval_required connection_rules created_at decision exclude id include isolation_required
  mfa_config name purpose_justification_prompt purpose_justification_required require session_duration updated_at`

export const documentedFields = {
  certificates: words('associated_hostnames created_at expires_on fingerprint id name updated_at'),
  settings: words('china_network client_certificate_forwarding hostname'),
  policies: words(`${policy} app_count reusable`),
  applicationPolicies: words(`${policy} account_id precedence`),
  notifications: words('alert_interval alert_type created description enabled filters id mechanisms modified name'),
  availableAlerts: words('description display_name filter_options type'),
  eligibleDestinations: words('eligible ready type'),
  webhooks: words('created_at id last_failure last_success name type url'),
  pagerDutyServices: words('id name'),
  identityProviders: words('config id name read_only saml_certificate_set saml_certificate_set_id scim_config type'),
  serviceTokens: words('client_id duration enabled expires_at id name'),
  zones: words(`account activated_on cname_suffix created_on development_mode id meta modified_on name name_servers
    original_dnshost original_name_servers original_registrar owner paused permissions plan status tenant tenant_unit type
    vanity_name_servers verification_key`),
  groups: words('created_at exclude id include is_default name require updated_at'),
  organization: words(`allow_authenticate_via_warp auth_domain auto_redirect_to_identity created_at custom_pages
    deny_unmatched_requests deny_unmatched_requests_exempted_zone_names is_ui_read_only login_design mfa_config
    mfa_piv_key_requirements mfa_required_for_all_apps name session_duration ui_read_only_toggle_reason updated_at
    user_seat_expiration_inactive_time warp_auth_non_browser_401 warp_auth_session_duration`),
  applications:
    words(`allow_authenticate_via_warp allow_iframe allowed_idps app_launcher_logo_url app_launcher_visible aud
    auto_redirect_to_identity bg_color cors_headers created_at custom_deny_message custom_deny_url
    custom_non_identity_deny_url custom_pages destinations domain eager_redirect_cookie_setting enable_binding_cookie
    footer_links header_bg_color http_only_cookie_attribute id landing_page_design logo_url mfa_config name
    oauth_configuration options_preflight_bypass path_cookie_attribute policies read_service_tokens_from_header saas_app
    same_site_cookie_attribute scim_config self_hosted_domains service_auth_401_redirect session_duration
    skip_app_launcher_login_page skip_interstitial tags target_criteria type updated_at
    use_clientless_isolation_app_launcher_url`),
} as const

export type DocumentedKind = keyof typeof documentedFields
