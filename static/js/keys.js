/* The desk works without a mouse: single keys (N, /, J, K, Enter), Ctrl+Enter for the main button, Escape for open menus. */
(function () {
  'use strict';
  const root = document.documentElement;

  function isTyping(element) {
    if (element.isContentEditable || /^(TEXTAREA|SELECT)$/.test(element.tagName)) return true;
    return element.tagName === 'INPUT' && !/^(checkbox|radio|button|submit)$/.test(element.type);
  }
  function isShown(element) { return element.offsetParent !== null; }
  function rows() { return Array.from(document.querySelectorAll('[data-row]')).filter(isShown); }

  function move(step) {
    const all = rows();
    const here = all.findIndex(function (row) { return row.contains(document.activeElement); });
    const row = all[Math.min(Math.max(here < 0 ? 0 : here + step, 0), all.length - 1)];
    if (!row) return false;
    if (!row.hasAttribute('tabindex')) row.setAttribute('tabindex', '-1');
    row.focus();
    return true;
  }
  function open() {
    const row = document.activeElement;
    const link = row.hasAttribute('data-row') && (row.querySelector('[data-open]') || row.querySelector('a[href]'));
    if (link) link.click();
    return Boolean(link);
  }
  function use(key) {
    const target = Array.from(document.querySelectorAll('[data-shortcut]')).filter(isShown).find(function (element) {
      return element.dataset.shortcut.toLowerCase() === key;
    });
    if (!target) return false;
    if (isTyping(target)) { target.focus(); target.select && target.select(); } else target.click();
    return true;
  }
  function closeMenus(except) {
    document.querySelectorAll('details.menu[open]').forEach(function (menu) {
      if (menu.contains(except)) return;
      if (menu.contains(document.activeElement)) menu.querySelector('summary').focus();
      menu.open = false;
    });
  }
  function submit(event) {
    const form = event.target.form || event.target.closest('form');
    const button = (form || document).querySelector('[data-primary]');
    if (button && !button.disabled) { event.preventDefault(); button.click(); }
  }

  document.addEventListener('keydown', function (event) {
    if (event.isComposing || event.defaultPrevented) return;
    if (event.key === 'Escape') return closeMenus(null);
    if (event.key === 'Enter' && event.ctrlKey) return submit(event);
    if (root.dataset.shortcuts === 'off' || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
    const key = event.key.toLowerCase();
    const used = key === 'j' ? move(1) : key === 'k' ? move(-1) : key === 'enter' ? open() : key.length === 1 && use(key);
    if (used) event.preventDefault();
  });
  document.addEventListener('click', function (event) { closeMenus(event.target); });
}());
